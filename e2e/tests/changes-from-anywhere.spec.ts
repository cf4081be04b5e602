import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startDatabase } from '../chaos/stack/database.js';
import { FRY, LEELA } from '../support/accounts.js';
import { runCommandWith } from '../support/command.js';
import { card, openDashboard } from '../support/dashboard.js';
import { choose } from '../support/menu.js';
import { openPsql } from '../support/psql.js';
import { expect, test } from '../support/test.js';
import { wireOf } from '../support/wire.js';

/** What is typed into psql is on every screen within this time. */
const SOON = { timeout: 1_000 };

const titles = (page: Page): Promise<string[]> =>
  page.getByRole('article').getByRole('heading').allTextContents();

test('what is typed into psql, or imported by another process, is on every screen within a second, once', async ({
  startFresh,
  enter,
}) => {
  const database = await startDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'doclight-e2e-import-'));
  const psql = openPsql(database.url);
  try {
    const settings = { DATABASE_URL: database.url, DATA_DIR: folder };
    const product = await startFresh({ env: { DATABASE_URL: database.url, DEMO: 'true' } });
    const leela = await enter(LEELA, {}, product);
    const fry = await enter(FRY, {}, product);
    await openDashboard(leela);
    await openDashboard(fry);
    await choose(fry, fry.getByRole('button', { name: /^Sort:/ }), 'A to Z', 'menuitemradio');
    const both = [leela, fry];

    await test.step('a new document', async () => {
      const insert = `insert into documents (workspace_id, author_id, title, text)
        select m.workspace_id, u.id, 'Typed by hand', 'Before.' from users u join memberships m on m.user_id = u.id
        where u.email = '${LEELA}'`;
      await Promise.all([
        psql.type(insert),
        ...both.map((page) => expect(card(page, 'Typed by hand')).toHaveCount(1, SOON)),
      ]);
    });

    await test.step('a new title: in its place, also where documents are ordered by title', async () => {
      // Behind E without accents, and before F: where the server has it as well.
      await Promise.all([
        psql.type(`update documents set title = 'Écrit à la main' where title = 'Typed by hand'`),
        ...both.map((page) => expect(card(page, 'Écrit à la main')).toHaveCount(1, SOON)),
      ]);
      for (const page of both) await expect(card(page, 'Typed by hand')).toHaveCount(0);
      const live = await titles(fry);
      await fry.reload();
      await expect(card(fry, 'Écrit à la main')).toHaveCount(1);
      expect(await titles(fry)).toEqual(live);
    });

    await test.step('a new text, on the page of the document', async () => {
      const { href } = await card(fry, 'Écrit à la main')
        .getByRole('link', { name: 'Read', exact: true })
        .evaluate((link) => ({ href: link.getAttribute('href') ?? '' }));
      await fry.goto(href);
      await expect(fry.getByText('Before.')).toBeVisible();
      await Promise.all([
        psql.type(`update documents set text = 'After it.' where title = 'Écrit à la main'`),
        expect(fry.getByText('After it.')).toBeVisible(SOON),
      ]);
    });

    await test.step('what a command of another process imports', async () => {
      for (const name of ['One', 'Two', 'Three'])
        await writeFile(join(folder, `${name}.md`), `# Imported ${name}\n\nText.\n`);
      const { status, output } = await runCommandWith(settings, 'import', folder);
      expect(status, output).toBe(0);
      for (const name of ['One', 'Two', 'Three'])
        await expect(card(leela, `Imported ${name}`)).toHaveCount(1, SOON);
    });

    await test.step('a document that is deleted', async () => {
      await Promise.all([
        psql.type(`delete from documents where title like '%main' or title like 'Imported%'`),
        expect(card(leela, 'Écrit à la main')).toHaveCount(0, SOON),
        expect(fry.getByRole('heading', { name: /was deleted/ })).toBeVisible(SOON),
      ]);
      await expect(leela.getByRole('article', { name: /^Imported/ })).toHaveCount(0);
    });
    // The database goes away with the test: the server first.
    await product.stop();
  } finally {
    psql.end();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test('a page that was offline catches up with what it missed, and shows everything once', async ({
  leela,
  api,
  write,
}) => {
  const wire = await wireOf(leela);
  await openDashboard(leela);
  const changing = await write({ title: 'Seen before the tunnel' });
  const doomed = await write({ title: 'Gone in the tunnel' });
  await expect(card(leela, doomed.title)).toHaveCount(1);
  await leela.evaluate(() => document.body.setAttribute('data-same-page', ''));

  await wire.cut();
  await expect(leela.getByText('Reconnecting…')).toBeVisible();
  await write({ title: 'Made in the tunnel' });
  const once = await api.save(changing, { title: 'Changed in the tunnel' });
  await api.save(once, { title: 'Changed twice in the tunnel' });
  await api.remove(doomed.id);
  const asked: string[] = [];
  leela.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await wire.restore();

  await expect(card(leela, 'Made in the tunnel')).toHaveCount(1);
  await expect(card(leela, 'Changed twice in the tunnel')).toHaveCount(1);
  await expect(leela.getByRole('article', { name: /^(Seen|Gone|Changed in)/ })).toHaveCount(0);
  // It asked what it had missed, and did not load everything again.
  expect(asked).toContain(`/api/workspaces/${api.workspaceId}/events`);
  expect(asked).not.toContain(`/api/workspaces/${api.workspaceId}/documents`);
  await expect(leela.locator('body[data-same-page]')).toHaveCount(1);

  await api.save(await api.read(changing.id), { title: 'Out of the tunnel' });
  await expect(card(leela, 'Out of the tunnel')).toHaveCount(1);
  const ids = await leela
    .getByRole('article')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-document-id')));
  expect(new Set(ids).size).toBe(ids.length);
});

test('what happens between the first list and the first connection is not missed', async ({
  leela,
  write,
}) => {
  const wire = await wireOf(leela);
  await wire.cut('socket');
  await leela.goto('/');
  await expect(leela.getByRole('article').first()).toBeVisible();
  await write({ title: 'Made in between' });
  await wire.restore();
  await expect(card(leela, 'Made in between')).toHaveCount(1);
});
