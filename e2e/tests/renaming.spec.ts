import type { Locator, Page } from '@playwright/test';
import { BENDER } from '../support/accounts.js';
import { card, openDashboard } from '../support/dashboard.js';
import { choose } from '../support/menu.js';
import { expect, test } from '../support/test.js';
import { wireOf } from '../support/wire.js';

const titleField = (page: Page): Locator => page.getByRole('textbox', { name: 'New title' });
const more = (article: Locator): Locator => article.getByRole('button', { name: 'More', exact: true });

test('a document is renamed in place, by key, by menu and by leaving, and everybody sees it', async ({
  leela,
  fry,
  enter,
  api,
  write,
}) => {
  const document = await write({ title: 'Delivery list', abstract: 'Stays.', text: 'Stays as well.' });
  const bender = await enter(BENDER);
  for (const page of [leela, fry, bender]) await openDashboard(page);

  await test.step('F2 and Enter; the focus goes back to where it was', async () => {
    const read = card(fry, 'Delivery list').getByRole('link', { name: 'Read', exact: true });
    await read.focus();
    await fry.keyboard.press('F2');
    await expect(titleField(fry)).toBeFocused();
    await expect(titleField(fry)).toHaveValue('Delivery list');
    await fry.keyboard.type('Delivery plan');
    await fry.keyboard.press('Enter');
    await expect(titleField(fry)).toHaveCount(0);
    for (const page of [fry, leela, bender]) await expect(card(page, 'Delivery plan')).toHaveCount(1);
    await expect(card(leela, 'Delivery plan')).toContainText('by Fry');
    await expect(card(fry, 'Delivery plan').getByRole('link', { name: 'Read', exact: true })).toBeFocused();
    await expect(card(leela, 'Delivery list')).toHaveCount(0);
    expect(await api.read(document.id)).toMatchObject({
      title: 'Delivery plan',
      abstract: 'Stays.',
      text: 'Stays as well.',
      slug: document.slug,
      revision: 2,
    });
  });

  await test.step('the menu and Esc: nothing happens', async () => {
    await choose(fry, more(card(fry, 'Delivery plan')), 'Rename');
    await expect(titleField(fry)).toBeFocused();
    await fry.keyboard.type('Never');
    await fry.keyboard.press('Escape');
    await expect(more(card(fry, 'Delivery plan'))).toBeFocused();
    expect((await api.read(document.id)).revision).toBe(2);
  });

  await test.step('leaving the field saves, in the list as well', async () => {
    await fry.getByRole('button', { name: 'Show as list' }).click();
    await choose(fry, more(card(fry, 'Delivery plan')), 'Rename');
    await titleField(fry).fill('Delivery map');
    await fry.getByRole('heading', { name: 'Documents', level: 1 }).click();
    await expect(card(leela, 'Delivery map')).toHaveCount(1);
    await expect(titleField(fry)).toHaveCount(0);
  });

  await test.step('a viewer is offered none of it', async () => {
    const article = card(bender, 'Delivery map');
    await expect(article).toHaveCount(1);
    await more(article).click();
    await expect(bender.getByRole('menuitemradio', { name: /^Watch/ })).toBeVisible();
    await expect(bender.getByRole('menuitem', { name: 'Rename' })).toHaveCount(0);
    await bender.keyboard.press('Escape');
    await article.getByRole('link', { name: 'Read', exact: true }).focus();
    await bender.keyboard.press('F2');
    await expect(titleField(bender)).toHaveCount(0);
  });
});

test('a title that cannot be saved says why and keeps what was typed', async ({ fry, api, write }) => {
  const wire = await wireOf(fry);
  const document = await write({ title: 'Contested' });
  await openDashboard(fry);
  const alert = (words: RegExp): Locator =>
    fry.getByRole('article').getByRole('alert').filter({ hasText: words });
  const rename = async (from: string, to: string): Promise<void> => {
    await choose(fry, more(card(fry, from)), 'Rename');
    await titleField(fry).fill(to);
  };

  await test.step('an empty one', async () => {
    await rename('Contested', ' ');
    await titleField(fry).press('Enter');
    await expect(alert(/must not be empty/)).toBeVisible();
    await fry.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(titleField(fry)).toHaveCount(0);
    await expect(card(fry, 'Contested')).toHaveCount(1);
  });

  await test.step('a save of the text meanwhile is stepped over', async () => {
    await rename('Contested', 'Mine');
    await api.save(document, { text: 'By Leela.' });
    await titleField(fry).press('Enter');
    await expect.poll(async () => (await api.read(document.id)).title).toBe('Mine');
    expect((await api.read(document.id)).text).toBe('By Leela.');
  });

  await test.step('another title meanwhile is for the person to decide', async () => {
    await rename('Mine', 'Mine again');
    await api.save(await api.read(document.id), { title: 'Hers' });
    await titleField(fry).press('Enter');
    await expect(alert(/renamed to “Hers”/)).toBeVisible();
    await expect(titleField(fry)).toHaveValue('Mine again');
    expect((await api.read(document.id)).title).toBe('Hers');
    await titleField(fry).press('Enter');
    await expect(card(fry, 'Mine again')).toHaveCount(1);
    await expect(titleField(fry)).toHaveCount(0);
    expect((await api.read(document.id)).title).toBe('Mine again');
  });

  await test.step('without a network', async () => {
    await rename('Mine again', 'Kept');
    await wire.cut();
    await expect(fry.getByText('Reconnecting…')).toBeVisible();
    await titleField(fry).press('Enter');
    await expect(alert(/not saved yet/)).toBeVisible();
    await expect(titleField(fry)).toHaveValue('Kept');
    await wire.restore();
    await expect(fry.getByText('Reconnecting…')).toHaveCount(0);
    await titleField(fry).press('Enter');
    await expect(card(fry, 'Kept')).toHaveCount(1);
    await expect(titleField(fry)).toHaveCount(0);
    expect((await api.read(document.id)).title).toBe('Kept');
  });
});
