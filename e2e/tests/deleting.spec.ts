import { FRY } from '../support/accounts.js';
import { openApi } from '../support/api.js';
import { card, openDashboard } from '../support/dashboard.js';
import { openEditor, typeAtEnd } from '../support/editor.js';
import { choose } from '../support/menu.js';
import { expect, test } from '../support/test.js';

test('a document is deleted after a question, for everybody', async ({ leela, fry, api, write }) => {
  const document = await write({ title: 'Old news' });
  const more = leela.getByRole('button', { name: 'More', exact: true });
  await openDashboard(fry);
  await leela.goto(`/documents/${document.slug}`);
  await choose(leela, more, /^Delete document/);
  const question = leela.getByRole('alertdialog', { name: 'Delete this document?' });
  await expect(question).toContainText('Old news');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  expect((await api.read(document.id)).title).toBe('Old news');

  await choose(leela, more, /^Delete document/);
  await question.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(leela).toHaveURL(/\/$/);
  await expect(card(leela, 'Welcome to Doclight')).toBeVisible();
  await expect(card(leela, 'Old news')).toHaveCount(0);
  await expect(card(fry, 'Old news')).toHaveCount(0);
});

test('only owners and the author may delete', async ({ fry, product, write }) => {
  const byLeela = await write({ title: 'Not his' });
  const apiOfFry = await openApi(product, FRY);
  const byFry = await apiOfFry.create({ title: 'His own' });
  try {
    await fry.goto(`/documents/${byLeela.slug}`);
    await expect(fry.getByRole('link', { name: 'Edit', exact: true })).toBeVisible();
    const more = fry.getByRole('button', { name: 'More', exact: true });
    await more.click();
    await expect(fry.getByRole('menuitem')).toHaveText(['History']);
    await fry.goto(`/documents/${byFry.slug}`);
    await more.click();
    await expect(fry.getByRole('menuitem')).toHaveText(['History', 'Delete document…']);
  } finally {
    await apiOfFry.remove(byFry.id);
  }
});

test('what is typed outlives the document, and can become a new one', async ({ fry, api, write }) => {
  const document = await write({ title: 'Pulled away', text: 'Before.' });
  await openEditor(fry, document.slug);
  await typeAtEnd(fry, 'Typed by Fry.');
  await api.remove(document.id);
  await expect(fry.getByText('This document was deleted meanwhile.')).toBeVisible();
  await fry.getByRole('button', { name: 'Keep it as a new document' }).click();
  await expect(fry.locator('[data-save-state="saved"]')).toBeVisible();
  const slug = /documents\/([^/]+)\/edit/.exec(fry.url())?.[1] ?? '';
  expect(slug).not.toBe(document.slug);
  const kept = await api.read(slug);
  expect(kept).toMatchObject({ title: 'Pulled away', text: 'Before.\n\nTyped by Fry.' });
  await api.remove(kept.id);
});
