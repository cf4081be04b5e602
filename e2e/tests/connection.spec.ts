import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/lib/postgres.mjs';
import { FRY, LEELA } from '../support/accounts.js';
import { openApi } from '../support/api.js';
import { activeUsers, card, colourOf, expectLight, label, openDashboard } from '../support/dashboard.js';
import { expectSaveState, field, openEditor, typeAtEnd } from '../support/editor.js';
import { expectGoodLook } from '../support/look.js';
import { expect, test } from '../support/test.js';

test('a server that goes away and comes back: the pages say so, keep what is typed, and are right again', async ({
  startFresh,
  enter,
}) => {
  const at = { port: await freePort(), dataDir: await mkdtemp(join(tmpdir(), 'doclight-e2e-')) };
  const before = await startFresh(at);
  const leela = await enter(LEELA, {}, before);
  const fry = await enter(FRY, {}, before);
  const { id, slug } = await (await openApi(before, LEELA)).create({
    title: 'Through the storm',
    text: 'Calm.',
  });
  const storm = card(leela, 'Through the storm');
  await openDashboard(leela);
  await openEditor(fry, slug);
  await expectLight(storm, 'edit', 'Editing · Fry');
  for (const page of [leela, fry])
    await page.evaluate(() => document.body.setAttribute('data-same-page', ''));

  await before.stop();
  await test.step('it is away: one line, and no old colour poses as live', async () => {
    for (const page of [leela, fry]) await expect(page.getByText('Reconnecting…')).toBeVisible();
    await expect(label(storm)).toHaveText(/^Editing · Fry · as of \d\d:\d\d$/);
    await expect.poll(() => colourOf(label(storm))).toBe('grey');
    await expect.poll(() => colourOf(label(card(leela, 'Onboarding')))).toBe('grey');
    await expectGoodLook(leela, 'dashboard-reconnecting');
    await typeAtEnd(fry, 'Typed in the storm.');
    await fry.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(fry.getByRole('main').getByText('Offline: will be saved')).toBeVisible();
    await expectSaveState(fry, 'waiting');
  });

  const after = await startFresh(at);
  await test.step('it is back: everything is right again without a reload', async () => {
    for (const page of [leela, fry]) await expect(page.getByText('Reconnecting…')).toHaveCount(0);
    await expectLight(storm, 'edit', 'Editing · Fry');
    await expect(activeUsers(leela)).toHaveText('2');
    await expect(field(fry, 'Text')).toContainText('Typed in the storm.');
    // The save that waited went out by itself.
    await expectSaveState(fry, 'saved');
    expect((await (await openApi(after, LEELA)).read(id)).text).toBe('Calm.\n\nTyped in the storm.');
    await expect(storm).toContainText('by Fry');
    for (const page of [leela, fry]) await expect(page.locator('body[data-same-page]')).toHaveCount(1);
  });
});
