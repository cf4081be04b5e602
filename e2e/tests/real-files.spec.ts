import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, routes } from '@doclight/protocol';
import { LEELA } from '../support/accounts.js';
import { type Api, openApi } from '../support/api.js';
import { runCommand } from '../support/command.js';
import { card, openDashboard } from '../support/dashboard.js';
import { expectSaveState, field, openEditor } from '../support/editor.js';
import { copyRealFiles, diverse } from '../support/real-texts.js';
import { expect, test } from '../support/test.js';

/** Of so many documents, one is looked at for what is in it. */
const EACH = 2;

test('hundreds of real files are imported live, listed as one scrolls, found, and saved as they were', async ({
  startFresh,
  enter,
}) => {
  test.setTimeout(240_000);
  const dataDir = await mkdtemp(join(tmpdir(), 'doclight-e2e-'));
  const product = await startFresh({ dataDir });
  const leela = await enter(LEELA, {}, product);
  const api = await openApi(product, LEELA);

  await test.step('they show up on an open dashboard while they are imported', async () => {
    await openDashboard(leela);
    const before = await leela.getByRole('article').count();
    const folder = await copyRealFiles();
    const { status, output } = await runCommand(dataDir, 'import', folder);
    await rm(folder, { recursive: true });
    expect(output).toMatch(/Read \d+ of \d+ Markdown files/);
    expect(status).toBe(0);
    expect(Number(/(\d+) created/.exec(output)?.[1])).toBeGreaterThan(500);
    await expect.poll(() => leela.getByRole('article').count()).toBeGreaterThan(before);
  });

  await test.step('the list loads as one scrolls', async () => {
    const pages = new Set<string>();
    leela.on('request', (request) => {
      const cursor = new URL(request.url()).searchParams.get('cursor');
      if (cursor) pages.add(cursor);
    });
    await openDashboard(leela);
    const seen = new Set<string>();
    await expect
      .poll(
        async () => {
          const shown = await leela.getByRole('article').evaluateAll((articles) => {
            window.scrollTo(0, document.documentElement.scrollHeight);
            return articles.map((article) => article.getAttribute('data-document-id') ?? '');
          });
          for (const id of shown) seen.add(id);
          return seen.size;
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(300);
    expect(pages.size).toBeGreaterThan(5);
    // Only what is near the screen is there at any time.
    expect(await leela.getByRole('article').count()).toBeLessThan(100);
  });

  const documents = await readSome(api);
  await test.step('the search finds one', async () => {
    const titles = documents.map(({ title }) => title);
    const only = documents.find(
      ({ title }) => title.length > 20 && titles.filter((one) => one === title).length === 1,
    );
    await leela.getByRole('searchbox').fill(only?.title ?? '');
    await expect(card(leela, only?.title ?? '').first()).toBeVisible();
  });

  await test.step('one that is opened and saved without typing changes no byte', async () => {
    const { chosen, missing } = diverse(documents);
    expect(chosen.length, `none has: ${missing.join(', ')}`).toBeGreaterThanOrEqual(25);
    for (const before of chosen) {
      await openEditor(leela, before.slug);
      await expect(field(leela, 'Text')).not.toHaveText(before.text.trim() === '' ? /./ : '');
      await expectSaveState(leela, 'saved');
      const answer = leela.waitForResponse((one) => one.request().method() === 'PUT');
      await leela.getByRole('button', { name: 'Save', exact: true }).click();
      expect((await answer).status()).toBe(200);
      const { title, abstract, text, revision } = await api.read(before.id);
      expect({ title, abstract, text }).toEqual({
        title: before.title,
        abstract: before.abstract,
        text: before.text,
      });
      expect(revision).toBe(before.revision + 1);
    }
  });
});

/** Some of all documents, spread evenly over their titles. */
async function readSome(api: Api): Promise<Document[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const path = `/api/workspaces/${api.workspaceId}/documents?sort=title&limit=100${after}`;
    const page = routes['GET /api/workspaces/:workspaceId/documents'].answer.parse(
      await (await api.send('GET', path)).json(),
    );
    ids.push(...page.documents.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return Promise.all(ids.filter((_, at) => at % EACH === 0).map((id) => api.read(id)));
}
