import { activeUsers } from '../support/dashboard.js';
import { expectGoodLook } from '../support/look.js';
import { choose } from '../support/menu.js';
import { accept } from '../support/people.js';
import { expect, test } from '../support/test.js';

test('an empty install is set up with the printed token, and its owner lets the next person in', async ({
  browser,
  startFresh,
}) => {
  const product = await startFresh({ env: { DEMO: 'false' } });
  const link = /http\S+\/setup\?token=\S+/.exec(product.output())?.[0] ?? '';
  const token = new URL(link).searchParams.get('token') ?? '';
  expect(token).not.toBe('');
  const owner = await (await browser.newContext({ baseURL: product.url })).newPage();

  await test.step('the first visit leads to the set-up, which takes no other token', async () => {
    await owner.goto('/');
    await expect(owner).toHaveURL(/\/setup$/);
    const fields = {
      'Setup token': 'guessed',
      Workspace: 'Moon base',
      Name: 'Amy',
      Email: 'amy@example.test',
      Password: 'long enough',
    };
    for (const [name, value] of Object.entries(fields))
      await owner.getByLabel(name, { exact: true }).fill(value);
    await owner.getByRole('button', { name: 'Create workspace' }).click();
    await expect(owner.getByRole('alert').filter({ hasText: /token/i })).toBeVisible();
    await expectGoodLook(owner, 'setup');
    await owner.getByLabel('Setup token', { exact: true }).fill(token);
    await owner.getByRole('button', { name: 'Create workspace' }).click();
    await expect(owner.getByRole('heading', { name: 'No documents yet' })).toBeVisible();
    await expect(activeUsers(owner)).toHaveText('1');
    await expectGoodLook(owner, 'dashboard-without-documents');
  });

  await test.step('nobody can set it up again', async () => {
    const late = await (await browser.newContext({ baseURL: product.url })).newPage();
    await late.goto(new URL(link).pathname + new URL(link).search);
    await expect(late).toHaveURL(/\/login$/);
    await late.context().close();
  });

  await test.step('the owner makes a link, with which somebody joins in another browser', async () => {
    await choose(owner, owner.getByRole('button', { name: 'Account' }), 'Members');
    const role = owner.getByRole('button', { name: 'Role of the invitation: Editor' });
    await choose(owner, role, 'Viewer', 'menuitemradio');
    await owner.getByRole('button', { name: 'Create link' }).click();
    const invitation = await owner.getByLabel('Invitation link').inputValue();

    const guest = await (await browser.newContext({ baseURL: product.url })).newPage();
    await guest.goto(new URL(invitation).pathname);
    await expect(guest.getByRole('heading', { name: 'Join Moon base' })).toBeVisible();
    await expect(guest.getByText('Amy invites you as a viewer.')).toBeVisible();
    await accept(guest, invitation, { name: 'Kif', email: 'kif@example.test', password: 'long enough' });
    await expect(guest.getByRole('heading', { name: 'No documents yet' })).toBeVisible();
    await expect(activeUsers(owner)).toHaveText('2');
    await owner.reload();
    await expect(owner.getByRole('listitem').filter({ hasText: 'kif@example.test' })).toBeVisible();

    await guest.goto(new URL(invitation).pathname);
    await expect(guest.getByRole('heading', { name: 'This invitation does not work' })).toBeVisible();
    await guest.context().close();
  });
  await owner.context().close();
});
