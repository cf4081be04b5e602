import { activeUsers, card, expectLight, label, openDashboard, recordLights } from '../support/dashboard.js';
import { expectSaveState, field, save, typeAtEnd } from '../support/editor.js';
import { expect, test } from '../support/test.js';

const TITLE = 'Flight plan';

test('two people see each other come, read, edit, save and leave', async ({ leela, fry, write }) => {
  await write({ title: TITLE, abstract: 'Where to, and how.', text: 'We start at noon.\n' });

  await test.step('Leela is alone: one person, and every light is green and says Free', async () => {
    await openDashboard(leela);
    await expect(activeUsers(leela)).toHaveText('1');
    const labels = label(leela);
    await expect(labels).toHaveText(Array.from({ length: await labels.count() }, () => 'Free'));
    await expect(leela.locator('article:not([data-status="free"])')).toHaveCount(0);
    await expectLight(card(leela, TITLE), 'free', 'Free');
  });

  await test.step('Fry comes: both see two people', async () => {
    await openDashboard(fry);
    await expect(activeUsers(fry)).toHaveText('2');
    await expect(activeUsers(leela)).toHaveText('2');
  });

  const lights = await recordLights(leela, TITLE);

  await test.step('Fry opens the document: yellow, with his name', async () => {
    await card(fry, TITLE).getByRole('link', { name: 'Read', exact: true }).click();
    await expect(fry.getByRole('heading', { name: TITLE })).toBeVisible();
    await expectLight(card(leela, TITLE), 'read', 'Reading · Fry');
    await expect(card(leela, TITLE)).toHaveAttribute('data-status', 'read');
  });

  await test.step('Fry edits it: red, with his name, and no green in between', async () => {
    await fry.getByRole('link', { name: 'Edit', exact: true }).click();
    await expect(field(fry, 'Text')).toContainText('We start at noon.');
    await expectLight(card(leela, TITLE), 'edit', 'Editing · Fry');
    expect(await lights.all()).toEqual(['free', 'read', 'edit']);
  });

  await test.step('Leela opens it: Fry is told', async () => {
    await card(leela, TITLE).getByRole('link', { name: 'Read', exact: true }).click();
    await expect(leela.getByText('We start at noon.')).toBeVisible();
    await expect(fry.getByText(`Leela opened ${TITLE}`)).toBeVisible();
    await expectLight(fry, 'read', 'Reading · Leela');
    await expectLight(leela, 'edit', 'Editing · Fry');
  });

  await test.step('Fry saves: her page shows the new text by itself', async () => {
    await typeAtEnd(fry, 'We land at two.');
    await expectSaveState(fry, 'unsaved');
    await save(fry);
    await expect(leela.getByText('We land at two.')).toBeVisible();
  });

  await test.step('with only her dashboard open, a message tells her', async () => {
    await leela.getByRole('link', { name: 'Doclight, all documents' }).click();
    await expectLight(card(leela, TITLE), 'edit', 'Editing · Fry');
    await typeAtEnd(fry, 'Everybody is back for tea.');
    await save(fry);
    const message = leela.getByRole('listitem').filter({ hasText: `Fry saved ${TITLE}` });
    await expect(message).toBeVisible();
    await expect(card(leela, TITLE)).toContainText('by Fry');
  });

  await test.step('Fry closes his tab: green again within five seconds', async () => {
    const closedAt = Date.now();
    await fry.close();
    await expectLight(card(leela, TITLE), 'free', 'Free');
    expect(Date.now() - closedAt).toBeLessThan(5_000);
    await expect(activeUsers(leela)).toHaveText('1');
  });
});
