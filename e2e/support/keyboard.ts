import { expect, type Locator, type Page } from '@playwright/test';

/** More presses of Tab than any way on any page takes. */
const MOST_TABS = 60;

/**
 * Presses Tab until something has the focus, and makes sure that the focus can be seen on the way.
 * @throws where it cannot be reached, or something on the way has the focus and does not show it
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) {
      expect(await page.evaluate(showsFocus), 'the focus is seen').toBe(true);
      return;
    }
  }
  throw new Error(`${MOST_TABS} presses of Tab do not lead to ${target}.`);
}

/** Runs in the page: whether whatever has the focus is marked, by itself, a part of it or what is around it. */
function showsFocus(): boolean {
  const focused = document.activeElement;
  if (!focused) return false;
  const marked = (style: CSSStyleDeclaration): boolean =>
    (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) ||
    style.boxShadow !== 'none';
  if (marked(getComputedStyle(focused)) || marked(getComputedStyle(focused, '::after'))) return true;
  // A text field shows it by the caret and by the edge of its frame.
  return focused.matches('input, textarea, [contenteditable="true"]');
}
