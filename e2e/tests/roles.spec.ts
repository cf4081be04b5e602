import { activeUsers, card, expectLight, openDashboard } from '../support/dashboard.js';
import { field, openEditor, typeAtEnd } from '../support/editor.js';
import { choose } from '../support/menu.js';
import { accept, invite, type Newcomer, takeOut } from '../support/people.js';
import { expect, test } from '../support/test.js';

const amy: Newcomer = { name: 'Amy', email: 'amy@example.test', password: 'long enough' };

test('a change of role and a removal take effect at once on an open page', async ({
  leela,
  browser,
  product,
  api,
  write,
}) => {
  const document = await write({ title: 'Roles in play', text: 'Before.' });
  const guest = await (await browser.newContext({ baseURL: product.url })).newPage();
  try {
    await accept(guest, await invite(api, 'editor'), amy);
    await leela.goto('/members');
    const roleMenu = leela.getByRole('button', { name: /^Role of Amy/ });
    const setRole = async (role: string): Promise<void> => {
      await choose(leela, roleMenu, role, 'menuitemradio');
      await expect(roleMenu).toHaveText(role);
    };

    await test.step('an editor who becomes a viewer loses the Edit link and what else changes documents', async () => {
      await expect(card(guest, document.title).getByRole('link', { name: 'Edit' })).toBeVisible();
      await setRole('Viewer');
      await expect(card(guest, document.title).getByRole('link', { name: 'Edit' })).toHaveCount(0);
      await expect(guest.getByRole('button', { name: 'New document' })).toHaveCount(0);
      await guest.goto(`/documents/${document.slug}`);
      await expect(guest.getByText('Before.')).toBeVisible();
      await expect(guest.getByRole('link', { name: 'Edit', exact: true })).toHaveCount(0);
      await setRole('Editor');
      await expect(guest.getByRole('link', { name: 'Edit', exact: true })).toBeVisible();
    });

    await test.step('who is editing no longer counts as editing, and keeps what is typed', async () => {
      const dashboard = await leela.context().newPage();
      await openDashboard(dashboard);
      await openEditor(guest, document.slug);
      await typeAtEnd(guest, 'Typed by Amy.');
      await expectLight(card(dashboard, document.title), 'edit', 'Editing · Amy');
      await setRole('Viewer');
      await expectLight(card(dashboard, document.title), 'read', 'Reading · Amy');
      await expect(field(guest, 'Text')).toContainText('Typed by Amy.');
      await guest.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(guest.getByRole('alert').filter({ hasText: /not|may/i })).toBeVisible();
      expect((await api.read(document.id)).text).toBe('Before.');
      await dashboard.close();
    });

    await test.step('who is removed is out at once', async () => {
      await leela.getByRole('button', { name: 'Remove Amy' }).click();
      await leela
        .getByRole('alertdialog', { name: 'Remove Amy?' })
        .getByRole('button', { name: 'Remove' })
        .click();
      await expect(leela.getByRole('button', { name: /^Role of Amy/ })).toHaveCount(0);
      await expect(activeUsers(leela)).toHaveText('1');
      await guest.goto('/');
      await expect(guest.getByRole('heading', { name: 'You are in no workspace' })).toBeVisible();
    });
  } finally {
    await takeOut(api, amy.email);
    await guest.context().close();
  }
});

test('who reads a document while being removed sees it go', async ({ browser, product, api, write }) => {
  const zoidberg: Newcomer = { name: 'Zoidberg', email: 'zoidberg@example.test', password: 'long enough' };
  const document = await write({ title: 'For members only', text: 'Nobody else.' });
  const guest = await (await browser.newContext({ baseURL: product.url })).newPage();
  try {
    await accept(guest, await invite(api, 'viewer'), zoidberg);
    await guest.goto(`/documents/${document.slug}`);
    await expect(guest.getByText('Nobody else.')).toBeVisible();
    await takeOut(api, zoidberg.email);
    await expect(guest.getByText('Nobody else.')).toHaveCount(0);
    await guest.goto('/');
    await expect(guest.getByRole('heading', { name: 'You are in no workspace' })).toBeVisible();
  } finally {
    await takeOut(api, zoidberg.email);
    await guest.context().close();
  }
});

test('only owners change who is in the workspace', async ({ fry }) => {
  await fry.goto('/members');
  await expect(fry.getByRole('listitem').filter({ hasText: 'leela@doclight.test' })).toBeVisible();
  await expect(fry.getByRole('button', { name: /^Role of/ })).toHaveCount(0);
  await expect(fry.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  await expect(fry.getByRole('button', { name: 'Create link' })).toHaveCount(0);
});
