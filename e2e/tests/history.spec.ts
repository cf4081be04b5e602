import type { Locator, Page } from '@playwright/test';
import { BENDER, FRY } from '../support/accounts.js';
import { openApi } from '../support/api.js';
import { openEditor, save, typeAtEnd } from '../support/editor.js';
import { tabTo } from '../support/keyboard.js';
import { choose } from '../support/menu.js';
import { expect, test } from '../support/test.js';

const revisions = (page: Page): Locator =>
  page.getByRole('navigation', { name: 'Revisions' }).getByRole('link');
const revision = (page: Page, number: number): Locator =>
  page.getByRole('region', { name: `Revision ${number}`, exact: true });
const changes = (page: Page, part: 'abstract' | 'text'): Locator =>
  page.getByRole('region', { name: `Changes in the ${part}` });
const compare = (page: Page): Locator => page.getByRole('button', { name: /^Compare/ });
const restoreButton = (page: Page): Locator => page.getByRole('button', { name: 'Restore this revision' });

test('the history shows each save, by whom and what changed, as it happens', async ({
  leela,
  fry,
  api,
  product,
  write,
}) => {
  const text = `First line.\n\n${'Same line.\n'.repeat(40)}\nThe crew ships eight parcels.`;
  const first = await write({ title: 'Told over and over', abstract: 'Short.', text });
  await leela.goto(`/documents/${first.slug}`);
  await choose(leela, leela.getByRole('button', { name: 'More', exact: true }), 'History');
  await expect(revisions(leela)).toHaveCount(1);
  await expect(revision(leela, 1)).toContainText('everything in it is new');
  await expect(changes(leela, 'abstract').getByRole('insertion')).toHaveText('Short.');

  await test.step('a save by another browser is on top at once, with its changes', async () => {
    await openEditor(fry, first.slug);
    await typeAtEnd(fry, 'Added by Fry.');
    await save(fry);
    await expect(revisions(leela)).toHaveCount(2);
    await expect(revisions(leela).first()).toContainText('Fry');
    await expect(revisions(leela).first()).toContainText('Current');
    await expect(revisions(leela).last()).not.toContainText('Current');
    await expect(changes(leela, 'text').getByRole('insertion').last()).toHaveText('Added by Fry.');
  });

  await test.step('words are marked within their line, the rest is folded', async () => {
    const asFry = await openApi(product, FRY);
    const second = await asFry.read(first.id);
    const changed = second.text.replace('eight parcels', 'nine crates').replace('First', 'Very first');
    await asFry.save(second, { text: changed, title: 'Told once' });
    await expect(revisions(leela)).toHaveCount(3);
    const words = changes(leela, 'text');
    await expect(words.getByRole('deletion')).toHaveText(['First', 'eight parcels']);
    await expect(words.getByRole('insertion')).toHaveText(['Very first', 'nine crates']);
    await expect(words.getByRole('img', { name: 'Changed' })).toHaveText(['±', '±']);
    const line = words.getByText('Same line.');
    const shown = await line.count();
    await words.getByRole('button', { name: /unchanged lines$/ }).click();
    await expect(line).toHaveCount(40);
    expect(shown).toBeLessThan(10);
    await expect(leela.getByRole('heading', { name: 'Title', exact: true })).toBeVisible();
    await expect(leela.getByRole('deletion').first()).toHaveText('over and over');
  });

  await test.step('side by side: what was on the left, what is on the right; on a phone inline', async () => {
    await leela.getByRole('button', { name: 'Side by side' }).click();
    const box = async (mark: Locator): Promise<number> => (await mark.last().boundingBox())?.x ?? 0;
    const words = changes(leela, 'text');
    expect(await box(words.getByRole('deletion'))).toBeLessThan(
      (await box(words.getByRole('insertion'))) - 200,
    );
    await leela.setViewportSize({ width: 360, height: 740 });
    await leela.goto(`/documents/${first.slug}/history?revision=3`);
    await expect(words.getByRole('img', { name: 'Changed' })).toHaveCount(2);
    await expect(revisions(leela).first()).toBeHidden();
    await leela.getByRole('button', { name: 'All revisions' }).click();
    await expect(revisions(leela).first()).toBeVisible();
    await leela.setViewportSize({ width: 1280, height: 800 });
  });

  await test.step('any revision against any other', async () => {
    await leela.goto(`/documents/${first.slug}/history?revision=1`);
    await choose(leela, compare(leela), /^The current one/, 'menuitemradio');
    await expect(leela).toHaveURL(/revision=1&against=current$/);
    await expect(revision(leela, 1)).toContainText('What changed from revision 1 to revision 3');
    const current = await api.read(first.id);
    await api.save(current, { text: `${current.text}\n\nNewer.` });
    await expect(revision(leela, 1)).toContainText('What changed from revision 1 to revision 4');
    await choose(leela, compare(leela), /^2 · Fry/, 'menuitemradio');
    await expect(revision(leela, 1)).toContainText('What changed from revision 1 to revision 2');
    await leela.goto(`/documents/${first.slug}/history?revision=99`);
    await expect(leela.getByRole('heading', { name: 'There is no revision 99 to show' })).toBeVisible();
  });
});

test('a revision is restored as a new one, which everybody sees, and never over a newer one', async ({
  leela,
  fry,
  api,
  write,
}) => {
  const first = await write({ title: 'Brought back', text: 'As it was.' });
  const second = await api.save(first, { text: 'As it is.' });
  await leela.goto(`/documents/${first.slug}`);
  await expect(leela.getByText('As it is.')).toBeVisible();
  await fry.goto(`/documents/${first.slug}/history?revision=1`);

  await test.step('not over what was saved after the question', async () => {
    await restoreButton(fry).click();
    const question = fry.getByRole('alertdialog', { name: 'Restore revision 1?' });
    await expect(question).toContainText('Revision 2 stays in the history');
    await api.save(second, { text: 'Newer than Fry knows.' });
    await question.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect(revision(fry, 1).getByRole('alert')).toContainText('Leela saved revision 3 meanwhile');
    expect(await api.read(first.id)).toMatchObject({ revision: 3, text: 'Newer than Fry knows.' });
  });

  await test.step('with the keyboard, and seen at once by who reads', async () => {
    await tabTo(fry, restoreButton(fry));
    await fry.keyboard.press('Enter');
    await tabTo(fry, fry.getByRole('button', { name: 'Restore', exact: true }));
    await fry.keyboard.press('Enter');
    await expect(leela.getByText('As it was.')).toBeVisible();
    await expect(revisions(fry)).toHaveCount(4);
    await expect(revisions(fry).first()).toContainText('Restored from 1');
    await expect(revision(fry, 4)).toContainText('restored from revision 1');
    await expect(changes(fry, 'text').getByRole('deletion')).toHaveText('Newer than Fry knows.');
    await expect(restoreButton(fry)).toHaveCount(0);
    expect(await api.read(first.id)).toMatchObject({
      revision: 4,
      text: 'As it was.',
      updatedBy: { name: 'Fry' },
    });
  });

  await test.step('what it covered can be looked at by keyboard, and a deleted document says so', async () => {
    await tabTo(fry, revisions(fry).nth(1));
    await fry.keyboard.press('Enter');
    await expect(fry).toHaveURL(/revision=3$/);
    await expect(revision(fry, 3)).toContainText('What changed from revision 2 to revision 3');
    await api.remove(first.id);
    await expect(fry.getByRole('heading', { name: 'Brought back was deleted' })).toBeVisible();
  });
});

test('a viewer sees the history, and is offered nothing that changes it', async ({ enter, api, write }) => {
  const first = await write({ title: 'Only looked at', text: 'Before.' });
  await api.save(first, { text: 'After.' });
  const bender = await enter(BENDER);
  await bender.goto(`/documents/${first.slug}/history?revision=1`);
  await expect(revisions(bender)).toHaveCount(2);
  await expect(changes(bender, 'text').getByRole('insertion')).toHaveText('Before.');
  await expect(restoreButton(bender)).toHaveCount(0);
});

test('a long history and a long text do not hold the page up', async ({ leela, api, write }) => {
  const line = (index: number): string =>
    `Line ${index} of many that the crew has written in all these years.`;
  const text = Array.from({ length: 15_000 }, (_, index) => line(index)).join('\n');
  let document = await write({ title: 'Long', text });
  for (let count = 0; count < 32; count += 1) document = await api.save(document, { abstract: `${count}` });
  document = await api.save(document, {
    text: text.replaceAll('crew', 'robots').replaceAll('7 of', '7 out of'),
  });
  await leela.goto(`/documents/${document.slug}/history?revision=33`);
  await expect(revisions(leela).first()).toContainText('34');
  // Long tasks are what a person feels as a freeze.
  await leela.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask' });
  });
  await revisions(leela).first().click();
  await expect(changes(leela, 'text').getByRole('insertion').first()).toHaveText('robots');
  const longest = await leela.evaluate(() =>
    Math.max(0, ...(window as never as { longTasks: number[] }).longTasks),
  );
  test.info().annotations.push({ type: 'longest task', description: `${Math.round(longest)} ms` });
  expect(longest).toBeLessThan(2_000);
  await test.step('older revisions come as one scrolls', async () => {
    await revisions(leela).last().scrollIntoViewIfNeeded();
    await expect(revisions(leela)).toHaveCount(34);
  });
});
