import { activeUsers, card, expectLight, openDashboard } from '../support/dashboard.js';
import { openEditor } from '../support/editor.js';
import { choose } from '../support/menu.js';
import { expect, test } from '../support/test.js';

test('signing out in one tab signs out the others of that session, at once', async ({
  leela,
  fry,
  enter,
  write,
}) => {
  const document = await write({ title: 'Left in a hurry' });
  await openDashboard(leela);
  await openDashboard(fry);
  const second = await fry.context().newPage();
  await openEditor(second, document.slug);
  const elsewhere = await enter('fry@doclight.test');
  await openDashboard(elsewhere);
  await expectLight(card(leela, document.title), 'edit', 'Editing · Fry');

  await choose(fry, fry.getByRole('button', { name: 'Account' }), 'Sign out');
  await expect(fry).toHaveURL(/\/login$/);
  await expect(second).toHaveURL(/\/login\?next=/);
  await expectLight(card(leela, document.title), 'free', 'Free');
  // Another browser is another session: he is still here.
  await expect(activeUsers(leela)).toHaveText('2');
  await expect(activeUsers(elsewhere)).toHaveText('2');

  await second.getByLabel('Email', { exact: true }).fill('fry@doclight.test');
  await second.getByLabel('Password', { exact: true }).fill('doclight');
  await second.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(second).toHaveURL(new RegExp(`/documents/${document.slug}/edit$`));
});
