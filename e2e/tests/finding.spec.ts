import { card, openDashboard } from '../support/dashboard.js';
import { choose } from '../support/menu.js';
import { expect, test } from '../support/test.js';

test('the search finds documents by title, abstract, text and author', async ({ leela, write }) => {
  await write({ title: 'Dark matter', abstract: 'Fuel for a long way.', text: 'Feed it to *Nibbler*.' });
  await openDashboard(leela);
  const search = leela.getByRole('searchbox', { name: 'Search documents' });
  for (const words of ['dark MATTER', 'long way', 'nibbler', 'leela nibbler']) {
    await search.fill(words);
    await expect(leela.getByRole('article')).toHaveCount(1);
    await expect(card(leela, 'Dark matter')).toBeVisible();
  }
  await search.fill('nothing that anybody wrote');
  await expect(leela.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await search.fill('');
  await expect(card(leela, 'Welcome to Doclight')).toBeVisible();
});

test('the command palette finds a document and opens it', async ({ leela, write }) => {
  await write({ title: 'Palette find', text: 'Found it.' });
  await openDashboard(leela);
  await leela.keyboard.press('Control+k');
  const palette = leela.getByRole('dialog', { name: 'Command palette' });
  await palette.getByRole('combobox').pressSequentially('palette find');
  await expect(palette.getByRole('option')).toHaveText(['Palette find']);
  await leela.keyboard.press('Enter');
  await expect(leela.getByText('Found it.')).toBeVisible();
  await expect(palette).toHaveCount(0);

  await leela.keyboard.press('Control+k');
  await expect(palette.getByRole('option').first()).toHaveText('Palette find');
  await expect(palette.getByRole('option', { selected: true })).toHaveText('Palette find');
  await leela.keyboard.type('all docu');
  await leela.keyboard.press('Enter');
  await expect(leela).toHaveURL(/\/$/);
});

test('the documents stand in the order that one chooses, as a grid or as a list', async ({ leela }) => {
  await openDashboard(leela);
  await choose(leela, leela.getByRole('button', { name: /^Sort:/ }), 'A to Z', 'menuitemradio');
  const titles = leela.getByRole('article').getByRole('heading');
  await expect(titles.first()).toHaveText('Budget 2027');
  const shown = await titles.allTextContents();
  expect(shown).toEqual([...shown].sort((a, b) => a.localeCompare(b, 'en')));
  await leela.getByRole('button', { name: 'Show as list' }).click();
  await expect(leela.getByRole('button', { name: 'Show as grid' })).toBeVisible();
  await leela.reload();
  await expect(leela.getByRole('button', { name: 'Show as grid' })).toBeVisible();
  await expect(titles.first()).toHaveText('Budget 2027');
});

test('the address of no document says so', async ({ leela }) => {
  for (const path of ['/documents/no-such-thing-000000', '/documents/no-such-thing-000000/edit']) {
    await leela.goto(path);
    await expect(leela.getByRole('heading', { name: 'There is no such document' })).toBeVisible();
    await expect(leela.getByRole('link', { name: 'All documents', exact: true })).toHaveAttribute(
      'href',
      '/',
    );
  }
  await leela.goto('/no/such/page');
  await expect(leela.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});
