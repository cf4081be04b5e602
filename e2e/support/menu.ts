import { expect, type Locator, type Page } from '@playwright/test';

/**
 * Opens a menu and chooses from it, as a hand does: points first, then presses. A press at once can fall
 * between where the menu is made and where it settles.
 */
export async function choose(
  page: Page,
  menu: Locator,
  name: string | RegExp,
  role: 'menuitem' | 'menuitemradio' = 'menuitem',
): Promise<void> {
  await menu.click();
  const entry = page.getByRole(role, { name });
  await entry.hover();
  await expect(entry).toHaveAttribute('data-highlighted', '');
  await entry.click();
}
