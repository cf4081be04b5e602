import type { Document } from '@doclight/protocol';
import type { Locator, Page } from '@playwright/test';
import type { Api } from '../support/api.js';
import { expectSaveState, field, openEditor, save, typeAtEnd } from '../support/editor.js';
import { expect, test } from '../support/test.js';

const panel = (page: Page): Locator => page.getByRole('region', { name: 'A newer revision' });

/** Fry has typed, Leela has saved: he is told before he tries. */
async function meet(fry: Page, document: Document, api: Api): Promise<void> {
  await openEditor(fry, document.slug);
  await typeAtEnd(fry, 'Typed by Fry.');
  await api.save(document, { text: 'Saved by Leela.' });
  await expect(panel(fry)).toContainText('Leela saved revision 2 meanwhile');
  await expect(field(fry, 'Text')).toContainText('Typed by Fry.');
}

test('a save over a newer revision is refused; what was typed stays, and the page says what happened', async ({
  fry,
  api,
  write,
}) => {
  const document = await write({ title: 'Contested', text: 'Before.' });
  await openEditor(fry, document.slug);
  await typeAtEnd(fry, 'Typed by Fry.');
  // The news of the other revision comes too late: it is held back on its way.
  await fry.route(`**/api/documents/${document.id}`, async (route) => {
    if (route.request().method() === 'GET') await route.abort();
    else await route.continue();
  });
  await api.save(document, { text: 'Saved by Leela.' });
  const refused = fry.waitForResponse((answer) => answer.request().method() === 'PUT');
  await fry.getByRole('button', { name: 'Save', exact: true }).click();
  expect((await refused).status()).toBe(412);

  await expect(panel(fry).getByRole('alert')).toContainText('Leela saved revision 2 meanwhile');
  await expect(panel(fry)).toContainText('Everything you typed is still here.');
  await expect(field(fry, 'Text')).toContainText('Typed by Fry.');
  await expectSaveState(fry, 'unsaved');
  expect((await api.read(document.id)).text).toBe('Saved by Leela.');
});

test('first choice: look at their version beside one’s own', async ({ fry, api, write }) => {
  const document = await write({ title: 'Compared', text: 'Before.' });
  await meet(fry, document, api);
  await panel(fry).getByRole('button', { name: 'Show their version' }).click();
  await expect(panel(fry).getByRole('region', { name: 'By Leela' })).toContainText('Saved by Leela.');
  await expect(panel(fry).getByRole('region', { name: 'Yours' })).toContainText('Typed by Fry.');
  await panel(fry).getByRole('button', { name: 'Hide their version' }).click();
  await expect(panel(fry).getByRole('region', { name: 'Yours' })).toHaveCount(0);
  await expectSaveState(fry, 'unsaved');
});

test('second choice: one’s own becomes the newest revision', async ({ fry, api, write }) => {
  const document = await write({ title: 'Insisted', text: 'Before.' });
  await meet(fry, document, api);
  await panel(fry).getByRole('button', { name: 'Use mine as the newest revision' }).click();
  await expectSaveState(fry, 'saved');
  await expect(panel(fry)).toHaveCount(0);
  expect(await api.read(document.id)).toMatchObject({ revision: 3, text: 'Before.\n\nTyped by Fry.' });
});

test('third choice: one’s own is discarded', async ({ fry, api, write }) => {
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
