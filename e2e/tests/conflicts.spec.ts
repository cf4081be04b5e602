import type { Document } from '@doclight/protocol';
import type { Locator, Page } from '@playwright/test';
import type { Api } from '../support/api.js';
import { expectSaveState, field, openEditor, save, typeAtEnd } from '../support/editor.js';
import { expect, test } from '../support/test.js';

const panel = (page: Page): Locator => page.getByRole('region', { name: 'A newer revision' });
const saveButton = (page: Page): Locator => page.getByRole('button', { name: 'Save', exact: true });
const TWO = 'First is here.\n\nSecond is here.\n\nThird is here.';

/** From now on the page hears of nothing that others save before its own save is refused. */
async function holdNewsBack(page: Page, document: Document): Promise<void> {
  await page.route(`**/api/documents/${document.id}`, async (route) => {
    if (route.request().method() === 'GET') await route.abort();
    else await route.continue();
  });
}

/** Fry has typed, Leela has saved: he is told before he tries. */
async function meet(fry: Page, document: Document, api: Api): Promise<void> {
  await openEditor(fry, document.slug);
  await typeAtEnd(fry, 'Typed by Fry.');
  await api.save(document, { text: 'Saved by Leela.' });
  await expect(panel(fry)).toContainText('Leela saved revision 2 meanwhile');
  await expect(field(fry, 'Text')).toContainText('Typed by Fry.');
}

test('edits that do not touch are merged on Save, the page says so, and caret and undo stay', async ({
  leela,
  fry,
  api,
  write,
}) => {
  const document = await write({ title: 'Shared', text: TWO });
  await openEditor(leela, document.slug);
  await openEditor(fry, document.slug);
  await holdNewsBack(fry, document);
  await typeAtEnd(fry, 'Fourth by Fry.');
  await field(leela, 'Text').getByText('First is here.').click();
  await leela.keyboard.press('Home');
  await leela.keyboard.type('Leela: ');
  await expect(field(leela, 'Text')).toContainText('Leela: First is here.');
  await save(leela);

  const refused = fry.waitForResponse((answer) => answer.request().method() === 'PUT');
  await fry.keyboard.press('Control+s');
  expect((await refused).status()).toBe(412);
  await expectSaveState(fry, 'saved');
  const notice = fry.getByRole('status').filter({ hasText: 'Merged with Leela’s changes and saved.' });
  await expect(notice).toBeVisible();
  const both = 'Leela: First is here.\n\nSecond is here.\n\nThird is here.\n\nFourth by Fry.';
  expect(await api.read(document.id)).toMatchObject({ revision: 3, text: both });
  await expect(field(leela, 'Text')).toContainText('Fourth by Fry.');

  await test.step('the caret is where it was, and undo takes back only one’s own', async () => {
    await fry.keyboard.type(' And more.');
    await expect(field(fry, 'Text').getByText('Fourth by Fry. And more.')).toBeVisible();
    for (let times = 0; times < 8; times += 1) await fry.keyboard.press('Control+z');
    await expect(field(fry, 'Text')).not.toContainText('Fourth by Fry.');
    await expect(field(fry, 'Text')).toContainText('Leela: First is here.');
  });
  await test.step('what came in can be seen', async () => {
    await notice.getByRole('button', { name: 'See what came in' }).click();
    const changes = fry.getByRole('dialog', { name: 'What Leela changed' });
    await expect(changes.locator('ins')).toHaveText('Leela: ');
    await fry.keyboard.press('Escape');
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toHaveCount(0);
  });
});

test('edits that touch are decided piece by piece, by keyboard, and lose nothing on the way', async ({
  fry,
  api,
  write,
}) => {
  const document = await write({ title: 'Contested', text: TWO });
  await openEditor(fry, document.slug);
  await holdNewsBack(fry, document);
  await fry.getByRole('toolbar').last().getByRole('button', { name: 'Markdown source' }).click();
  const mine = 'First is Fry.\n\nSecond is Fry.\n\nThird is here.\n\nFourth by Fry.';
  await field(fry, 'Text').fill(mine);
  await field(fry, 'Title').fill('Contested by Fry');
  await api.save(document, {
    title: 'Contested by Leela',
    text: 'First is Leela.\n\nSecond is Leela.\n\nThird, by Leela, is here.',
  });
  await saveButton(fry).click();

  await expect(panel(fry).getByRole('alert')).toContainText('Leela saved revision 2 meanwhile');
  const pieces = panel(fry).getByRole('listitem');
  await expect(pieces).toHaveCount(3);
  await expect(panel(fry).getByRole('status')).toHaveText('3 of 3 pieces left');
  await expect(field(fry, 'Text')).toHaveValue(mine);
  await expectSaveState(fry, 'unsaved');
  expect((await api.read(document.id)).revision).toBe(2);

  // Pressing Save leads to the first choice that is open.
  await saveButton(fry).click();
  const keep = (piece: number, name: string): Locator =>
    pieces.nth(piece).getByRole('button', { name, exact: true });
  await expect(keep(0, 'Keep mine')).toBeFocused();
  await fry.keyboard.press('Tab');
  await fry.keyboard.press('Enter');
  await expect(keep(0, 'Keep theirs')).toHaveAttribute('aria-pressed', 'true');
  await keep(1, 'Keep both').press('Enter');
  await expect(panel(fry).getByRole('status')).toHaveText('1 of 3 pieces left');
  await keep(2, 'Edit by hand').press('Enter');
  const byHand = pieces.nth(2).getByRole('textbox');
  await expect(byHand).toBeFocused();
  await byHand.fill('Second is ours.');
  await expect(panel(fry).getByRole('status')).toHaveText('Everything is decided');
  await panel(fry).getByRole('button', { name: 'Save the merge' }).press('Enter');

  await expectSaveState(fry, 'saved');
  await expect(panel(fry)).toHaveCount(0);
  const text =
    'First is Fry.\n\nFirst is Leela.\n\nSecond is ours.\n\nThird, by Leela, is here.\n\nFourth by Fry.';
  expect(await api.read(document.id)).toMatchObject({ revision: 3, title: 'Contested by Leela', text });
  await expect(field(fry, 'Text')).toHaveValue(text);
});

test('who is told while typing can look at the changes, and merge at once', async ({ fry, api, write }) => {
  const document = await write({ title: 'Told in time', text: TWO });
  await openEditor(fry, document.slug);
  await typeAtEnd(fry, 'Fourth by Fry.');
  await api.save(document, { text: TWO.replace('First is', 'First was') });
  await expect(panel(fry)).toContainText('Leela saved revision 2 meanwhile');
  await panel(fry).getByRole('button', { name: 'See changes' }).click();
  await expect(fry.getByRole('dialog').locator('ins')).toHaveText('was');
  await fry.keyboard.press('Escape');
  await panel(fry).getByRole('button', { name: 'Merge now' }).click();
  await expectSaveState(fry, 'saved');
  await expect(panel(fry)).toHaveCount(0);
  expect(await api.read(document.id)).toMatchObject({
    revision: 3,
    text: `${TWO.replace('First is', 'First was')}\n\nFourth by Fry.`,
  });
});

test('one’s own can be discarded', async ({ fry, api, write }) => {
  const document = await write({ title: 'Given in', text: 'Before.' });
  await meet(fry, document, api);
  await panel(fry).getByRole('button', { name: 'Discard mine' }).click();
  await expect(panel(fry)).toHaveCount(0);
  await expect(field(fry, 'Text')).toHaveText('Saved by Leela.');
  await expectSaveState(fry, 'saved');
  await typeAtEnd(fry, 'And Fry adds.');
  await save(fry);
  expect(await api.read(document.id)).toMatchObject({
    revision: 3,
    text: 'Saved by Leela.\n\nAnd Fry adds.',
  });
});

test('who has typed nothing just gets the newer revision', async ({ fry, api, write }) => {
  const document = await write({ title: 'Followed', text: 'Before.' });
  await openEditor(fry, document.slug);
  await expect(field(fry, 'Text')).toHaveText('Before.');
  await api.save(document, { text: 'Saved by Leela.' });
  await expect(field(fry, 'Text')).toHaveText('Saved by Leela.');
  await expect(panel(fry)).toHaveCount(0);
});
