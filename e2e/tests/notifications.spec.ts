import { FRY, LEELA } from '../support/accounts.js';
import { openApi } from '../support/api.js';
import { card, openDashboard } from '../support/dashboard.js';
import { startDesktop, watchNotifications } from '../support/desktop.js';
import { expect, test } from '../support/test.js';

test('a message about a save leads to the document', async ({ fry, api, write }) => {
  const document = await write({ title: 'Worth a message', text: 'Old.' });
  await openDashboard(fry);
  await api.save(document, { text: 'New.' });
  await fry.getByRole('listitem').getByRole('link', { name: 'Worth a message' }).click();
  await expect(fry.getByText('New.')).toBeVisible();
});

test('one’s own save, and a save that the page itself shows, are no message', async ({
  leela,
  fry,
  api,
  write,
}) => {
  const mine = await write({ title: 'Mine alone' });
  await openDashboard(leela);
  await fry.goto(`/documents/${mine.slug}`);
  await expect(fry.getByRole('heading', { name: 'Mine alone' })).toBeVisible();
  await api.save(mine, { abstract: 'Seen by both.' });
  await expect(card(leela, 'Mine alone')).toContainText('Seen by both.');
  await expect(fry.getByText('Seen by both.')).toBeVisible();
  for (const page of [leela, fry])
    await expect(page.getByRole('listitem').filter({ hasText: 'saved' })).toHaveCount(0);
});

test('a hidden tab that may notifies on the desktop, and a click goes to the document', async ({
  product,
  fry,
  write,
}) => {
  const document = await write({ title: 'Desktop news', text: 'Old.' });
  const desktop = await startDesktop(product, LEELA);
  try {
    await desktop.context.grantPermissions(['notifications'], { origin: product.url });
    const tab = await desktop.context.newPage();
    const shown = await watchNotifications(tab);
    await tab.goto(product.url);
    await expect(card(tab, 'Desktop news')).toBeVisible();
    const inFront = await desktop.context.newPage();
    await inFront.bringToFront();
    await expect.poll(() => tab.evaluate(() => globalThis.document.visibilityState)).toBe('hidden');

    await fry.goto(`/documents/${document.slug}/edit`);
    await expect(fry.getByText('Old.')).toBeVisible();
    await fry.getByRole('textbox', { name: 'Text' }).fill('New.');
    await fry.getByRole('button', { name: 'Save', exact: true }).click();

    await expect.poll(() => shown.titles()).toEqual(['Fry saved Desktop news']);
    await shown.click();
    await expect(tab).toHaveURL(new RegExp(`/documents/${document.slug}$`));
    await expect(tab.getByText('New.')).toBeAttached();
    await expect(tab.getByRole('listitem').filter({ hasText: 'saved' })).toHaveCount(0);
    // What she has nothing to do with passes by in the same way, while a page of hers is open.
    const frysApi = await openApi(product, FRY);
    const own = await frysApi.create({ title: 'Passing news' });
    await frysApi.save(own, { text: 'New.' });
    await expect.poll(() => shown.titles()).toEqual(['Fry saved Desktop news', 'Fry saved Passing news']);
    await frysApi.remove(own.id);
  } finally {
    await desktop.close();
  }
});

test('permission to notify is asked for by the button only', async ({ leela }) => {
  await leela.addInitScript(() => {
    const asked: boolean[] = [];
    Object.assign(window, { asked });
    Notification.requestPermission = () => {
      asked.push(true);
      return Promise.resolve('default');
    };
  });
  const asked = (): Promise<number> =>
    leela.evaluate(() => (window as unknown as { asked: boolean[] }).asked.length);
  await openDashboard(leela);
  const button = leela.getByRole('button', { name: 'Allow desktop notifications' });
  await expect(button).toBeVisible();
  expect(await asked()).toBe(0);
  await button.click();
  await expect.poll(asked).toBe(1);
});

test('who has decided about notifications is not offered them again', async ({ leela, product }) => {
  await leela.context().grantPermissions(['notifications'], { origin: product.url });
  await openDashboard(leela);
  await expect(leela.getByRole('button', { name: 'Theme' })).toBeVisible();
  await expect(leela.getByRole('button', { name: 'Allow desktop notifications' })).toHaveCount(0);
});
