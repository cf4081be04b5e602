import { BENDER } from '../support/accounts.js';
import { activeUsers, card, expectLight, openDashboard } from '../support/dashboard.js';
import { openEditor } from '../support/editor.js';
import { watchForLeaves } from '../support/lights.js';
import { expect, test } from '../support/test.js';

test('two tabs of one person count once, and closing one of them changes nothing', async ({
  leela,
  fry,
  enter,
  write,
}) => {
  const plan = await write({ title: 'Tabs plan' });
  const fence = await write({ title: 'Tabs fence' });
  const bender = await enter(BENDER);
  await openDashboard(leela);
  await fry.goto(`/documents/${plan.slug}`);
  const second = await fry.context().newPage();
  await second.goto(`/documents/${plan.slug}`);
  await expectLight(card(leela, plan.title), 'read', 'Reading · Fry');
  await expect(activeUsers(leela)).toHaveText('2');

  const watch = await watchForLeaves(leela, plan.title, bender, fence, 'Bender');
  await expect(activeUsers(leela)).toHaveText('3');
  await second.close();
  expect(await watch.lightsSoFar()).toEqual(['read']);
  await expectLight(card(leela, plan.title), 'read', 'Reading · Fry');
  await expect(activeUsers(leela)).toHaveText('2');
});

test('a person who reads in one tab and edits in another is shown as editing', async ({
  leela,
  fry,
  write,
}) => {
  const plan = await write({ title: 'Both ways' });
  await openDashboard(leela);
  await fry.goto(`/documents/${plan.slug}`);
  await expectLight(card(leela, plan.title), 'read', 'Reading · Fry');
  const second = await fry.context().newPage();
  await openEditor(second, plan.slug);
  await expectLight(card(leela, plan.title), 'edit', 'Editing · Fry');
  await second.close();
  await expectLight(card(leela, plan.title), 'read', 'Reading · Fry');
});

test('a reload of an editing tab is never seen as a leave', async ({ leela, fry, enter, write }) => {
  const plan = await write({ title: 'Reloaded plan', text: 'Read me again.' });
  const fence = await write({ title: 'Reload fence' });
  const bender = await enter(BENDER);
  await openDashboard(leela);
  await openEditor(fry, plan.slug);
  await expectLight(card(leela, plan.title), 'edit', 'Editing · Fry');
  const watch = await watchForLeaves(leela, plan.title, bender, fence, 'Bender');
  await fry.reload();
  await expect(fry.getByText('Read me again.')).toBeVisible();
  expect(await watch.lightsSoFar()).toEqual(['edit']);
});

test('one’s own presence is shown apart and never changes the colour', async ({ leela, fry, write }) => {
  const plan = await write({ title: 'My own plan' });
  await openDashboard(fry);
  await openEditor(leela, plan.slug);
  await expectLight(leela, 'free', 'Free');
  await expect(leela.getByText('You are here')).toBeVisible();
  await expectLight(card(fry, plan.title), 'edit', 'Editing · Leela');

  const mine = await leela.context().newPage();
  await openDashboard(mine);
  await expectLight(card(mine, plan.title), 'free', 'Free');
  await expect(card(mine, plan.title).getByText('You are here')).toBeVisible();
  await expect(card(fry, plan.title).getByText('You are here')).toHaveCount(0);
});

test('the list of active people says who is where', async ({ leela, fry, write }) => {
  const plan = await write({ title: 'Whereabouts' });
  await openDashboard(leela);
  await openEditor(fry, plan.slug);
  await expectLight(card(leela, plan.title), 'edit', 'Editing · Fry');
  await leela.getByRole('button', { name: 'Who is here' }).click();
  const here = leela.getByRole('dialog', { name: 'Who is here' });
  await expect(here.getByRole('listitem').filter({ hasText: 'Fry' })).toContainText('Editing Whereabouts');
  await expect(here.getByRole('listitem').filter({ hasText: 'Leela' })).toContainText('Looking around');
});

test('the filters show only what is being edited or read', async ({ leela, fry, write }) => {
  const read = await write({ title: 'Being read' });
  await openDashboard(leela);
  await fry.goto(`/documents/${read.slug}`);
  await expectLight(card(leela, read.title), 'read', 'Reading · Fry');
  await leela.getByRole('button', { name: /^Being edited/ }).click();
  await expect(leela.getByRole('heading', { name: 'Nobody else is editing' })).toBeVisible();
  await leela.getByRole('button', { name: /^Being read/ }).click();
  await expect(leela.getByRole('article')).toHaveCount(1);
  await expectLight(card(leela, read.title), 'read', 'Reading · Fry');
});
