import { expect, type Locator, type Page } from '@playwright/test';

/** A field of the edit page. */
export const field = (page: Page, name: 'Title' | 'Abstract' | 'Text'): Locator =>
  page.getByRole('textbox', { name, exact: true });

/** Opens a document to edit it, and waits until its text can be typed on. */
export async function openEditor(page: Page, slug: string): Promise<void> {
  await page.goto(`/documents/${slug}/edit`);
  await expect(field(page, 'Text')).toBeVisible();
}

/** Types a paragraph of its own behind the text. */
export async function typeAtEnd(page: Page, words: string): Promise<void> {
  const text = field(page, 'Text');
  await text.click();
  await text.press('Control+End');
  await text.press('Enter');
  await text.pressSequentially(words);
}

/** Waits until the page says so. */
export async function expectSaveState(
  page: Page,
  state: 'new' | 'unsaved' | 'waiting' | 'saved',
): Promise<void> {
  await expect(page.locator('[data-save-state]')).toHaveAttribute('data-save-state', state);
}

/** Presses the button, and waits until everything is saved. */
export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expectSaveState(page, 'saved');
}
