import { cp, mkdir, opendir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schema } from '@doclight/db';
import type { Document } from '@doclight/protocol';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendOf, type CommandResult, operate, temporaryFolder } from '../testing/operator.js';
import { engines } from '../testing/test-database.js';
import { TestServer } from '../testing/test-server.js';

const { documentEvents, documents } = schema;
const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const REAL_FILES = 520;
const MOST_REAL_BYTES = 12_000;

/** Real Markdown files, as paths below `node_modules`. */
async function realFiles(): Promise<string[]> {
  const paths: string[] = [];
  const walk = async (below: string): Promise<void> => {
    for await (const entry of await opendir(join(MODULES, below))) {
      if (paths.length === REAL_FILES) return;
      const path = join(below, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        await walk(path);
      const isMarkdown = entry.isFile() && /\.(md|markdown)$/i.test(entry.name);
      if (isMarkdown && (await stat(join(MODULES, path))).size < MOST_REAL_BYTES) paths.push(path);
    }
  };
  await walk('');
  return paths;
}

describe.each(engines)('import and export on %s', (engine) => {
  let server: TestServer;
  let root: string;
  let clean: () => Promise<void>;
  const run = (...args: string[]): Promise<CommandResult> => operate(async () => backendOf(server), args);

  beforeAll(async () => {
    server = await TestServer.start(engine);
    const folder = await temporaryFolder();
    root = folder.path;
    clean = folder.remove;
  });
  afterAll(async () => {
    await server.close();
    await clean();
  });

  /** Makes a folder with files in it. */
  async function folderOf(
    name: string,
    files: Readonly<Record<string, string | Uint8Array>>,
  ): Promise<string> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, name, path)), { recursive: true });
      await writeFile(join(root, name, path), content);
    }
    return join(root, name);
  }

  async function imported(path: string) {
    const [row] = await server.db.select().from(documents).where(eq(documents.sourcePath, path));
    if (!row) throw new Error(`${path} was not imported`);
    return row;
  }

  async function save(
    id: string,
    change: Partial<Pick<Document, 'title' | 'abstract' | 'text'>>,
  ): Promise<void> {
    const leela = await server.demo('leela');
    const now = (await leela.api('GET', `/api/documents/${id}`)).json<Document>();
    const answer = await leela.api('PUT', `/api/documents/${id}`, {
      headers: { 'if-match': `"${now.revision}"` },
      json: { title: now.title, abstract: now.abstract, text: now.text, ...change },
    });
    expect(answer.status).toBe(200);
  }

  const eventCount = () => server.db.$count(documentEvents);

  it('takes in real files, changes nothing the second time, and writes them back byte for byte', async () => {
    const paths = await realFiles();
    expect(paths.length).toBe(REAL_FILES);
    const from = join(root, 'real');
    for (const path of paths) await cp(join(MODULES, path), join(from, path));

    const first = await run('import', from);
    expect(first).toMatchObject({ status: 0 });
    expect(first.out).toContain(`Read ${REAL_FILES} of ${REAL_FILES} Markdown files`);
    expect(first.out).toContain(`${REAL_FILES} created, 0 updated, 0 unchanged`);

    const before = await eventCount();
    const second = await run('import', from);
    expect(second.out).toContain(`0 created, 0 updated, ${REAL_FILES} unchanged`);
    expect(await eventCount()).toBe(before);

    const [changed = ''] = paths;
    await writeFile(join(from, changed), `${await readFile(join(from, changed), 'utf8')}\nOne line more.\n`);
    expect((await run('import', from)).out).toContain(`0 created, 1 updated, ${REAL_FILES - 1} unchanged`);
    expect(await eventCount()).toBe(before + 1);
    expect((await imported(changed)).revision).toBe(2);

    const to = join(root, 'real-again');
    expect(await run('export', to)).toMatchObject({ status: 0 });
    for (const path of paths) {
      const [source, copy] = await Promise.all([readFile(join(from, path)), readFile(join(to, path))]);
      expect(copy.equals(source), path).toBe(true);
    }
    expect((await run('export', to)).out).toContain('0 created, 0 updated');
  }, 90_000);

  it('keeps an edit in Doclight until the file changes, which then wins as a revision', async () => {
    const folder = await folderOf('edits', { 'edit/a.md': '# One\n\nAbstract.\n\nText.\n' });
    await run('import', folder);
    const { id } = await imported('edit/a.md');
    await save(id, { text: 'Edited.\n' });

    expect((await run('import', folder)).out).toContain('0 updated, 1 unchanged');
    expect((await imported('edit/a.md')).text).toBe('Edited.\n');

    await folderOf('edits', { 'edit/a.md': '# One\n\nAbstract.\n\nFrom the file.\n' });
    expect((await run('import', folder)).out).toContain('1 updated');
    expect(await imported('edit/a.md')).toMatchObject({ id, revision: 3, text: 'From the file.\n' });
    const leela = await server.demo('leela');
    const old = await leela.api('GET', `/api/documents/${id}/revisions/2`);
    expect(old.json<Document>().text).toBe('Edited.\n');
  });

  it('exports edits in their places, and takes its own export for no change', async () => {
    const folder = await folderOf('places', {
      'place.md': '---\r\nx: 1\r\n---\r\n\r\nOne\r\n===\r\n\r\nA.\r\n\r\nB.',
    });
    await run('import', folder);
    const { id } = await imported('place.md');
    await save(id, { title: 'Two', abstract: 'A1.\n\nA2.', text: 'C.' });
    const made = await (await server.demo('fry')).api(
      'POST',
      `/api/workspaces/${await server.demoWorkspace()}/documents`,
      { json: { title: 'Made *here*', abstract: 'First.\n\nSecond.', text: '- list\n' } },
    );
    const { slug } = made.json<Document>();

    const to = join(root, 'places-out');
    await run('export', to);
    expect(await readFile(join(to, 'place.md'), 'utf8')).toBe(
      '---\r\nx: 1\r\n---\r\n\r\n# Two\r\n\r\nA1.\r\n\r\nA2.\r\n\r\nC.',
    );
    const own = await readFile(join(to, `${slug}.md`), 'utf8');
    expect(own).toBe('# Made \\*here\\*\n\nFirst.\n\nSecond.\n\n- list\n');

    const before = await eventCount();
    const count = await server.db.$count(documents);
    const again = await run('import', to);
    expect(again.out).toMatch(/ 0 created, 0 updated, \d+ unchanged/);
    expect(await eventCount()).toBe(before);

    // The exported file is now what an edit starts from: it does not win over a later one.
    await save(id, { text: 'D.' });
    expect((await run('import', to)).out).toContain('0 created, 0 updated');
    expect((await imported('place.md')).text).toBe('D.');
    await writeFile(join(to, `${slug}.md`), `${own}- more\n`);
    expect((await run('import', to)).out).toContain('0 created, 1 updated');
    expect(await server.db.$count(documents)).toBe(count);
  });

  it('finds authors by e-mail and name, and lets an owner stand for strangers', async () => {
    const folder = await folderOf('authors', {
      'by/fry.md': '---\nauthor: FRY\n---\n\n# By Fry\n',
      'by/bender.md': '---\nauthor: Somebody <Bender@doclight.test>\n---\n\n# By Bender\n',
      'by/zapp.md': '---\nauthor: Zapp\n---\n\n# By Zapp\n',
      'by/nobody.md': '# By nobody\n',
    });
    const result = await run('import', folder);
    expect(result.out).toContain('1 name an author who is no member; an owner stands for them: by/zapp.md');
    const [leela, fry, bender] = [
      await server.demo('leela'),
      await server.demo('fry'),
      await server.demo('bender'),
    ];
    for (const [path, id] of [
      ['by/fry.md', fry.id],
      ['by/bender.md', bender.id],
      ['by/zapp.md', leela.id],
      ['by/nobody.md', leela.id],
    ] as const) {
      expect(await imported(path)).toMatchObject({ authorId: id, updatedBy: id });
    }
  });

  it('says of everything that it did not take in why not', async () => {
    const folder = await folderOf('bad', {
      'good.md': '# Good\n',
      'UPPER.MARKDOWN': 'Words.\n',
      'empty.md': ' \n',
      'nul.md': 'a\0b',
      'latin.md': Buffer.from('caf\xe9', 'latin1'),
      'long-title.md': `# ${'t'.repeat(300)}\n`,
      'long-text.md': `# T\n\n- ${'t'.repeat(2_100_000)}\n`,
      'other.txt': 'no Markdown',
      '.hidden/a.md': '# Hidden\n',
      'node_modules/a.md': '# Module\n',
    });
    await symlink(join(folder, 'good.md'), join(folder, 'link.md'));
    const { status, out } = await run('import', folder);
    expect(status).toBe(0);
    expect(out).toContain('Read 2 of 7 Markdown files');
    expect(out).toContain('5 skipped');
    expect(out).toContain('1 is empty: empty.md');
    expect(out).toContain('1 holds NUL bytes: nul.md');
    expect(out).toContain('1 is not UTF-8: latin.md');
    expect(out).toContain('1 title longer than 200 characters: long-title.md');
    expect(out).toContain('1 text longer than 2000000 characters: long-text.md');
    expect(out).toContain('1 hidden folder: .hidden');
    expect(out).toContain('1 node_modules folder: node_modules');
    expect(out).toContain('1 symbolic link: link.md');
    expect((await imported('UPPER.MARKDOWN')).title).toBe('UPPER');
  });

  it('fails where there is nothing to read', async () => {
    const folder = await folderOf('nothing', { 'empty.md': '' });
    expect(await run('import', folder)).toMatchObject({ status: 1 });
    const missing = await run('import', join(root, 'not-there'));
    expect(missing).toMatchObject({ status: 1, out: '' });
    expect(missing.err).toContain('not-there: ENOENT');
    await rm(join(folder, 'empty.md'));
    expect((await run('import', folder)).err).toContain('no Markdown file');
  });

  it('writes nothing outside the folder, whatever a path says', async () => {
    const folder = await folderOf('safe', { 'safe/one.md': '# Safe\n', 'safe/two.md': '# Two\n' });
    await run('import', folder);
    const { id } = await imported('safe/one.md');
    const to = join(root, 'safe-out');
    for (const path of [
      '../evil.md',
      '/tmp/doclight-evil.md',
      'a/../../evil.md',
      './evil.md',
      'a//evil.md',
      '..',
    ]) {
      await server.db.update(documents).set({ sourcePath: path }).where(eq(documents.id, id));
      const { status, out } = await run('export', to);
      expect(status).toBe(1);
      expect(out).toContain(`1 the path leads out of the folder: ${path}`);
    }
    await server.db.update(documents).set({ sourcePath: 'safe/one.md' }).where(eq(documents.id, id));
    await rm(join(to, 'safe'), { recursive: true });
    await mkdir(join(root, 'elsewhere'));
    await symlink(join(root, 'elsewhere'), join(to, 'safe'));
    const { status, out } = await run('export', to);
    expect(status).toBe(1);
    expect(out).toContain('2 safe is in the way, and no folder');
    await expect(stat(join(root, 'elsewhere', 'one.md'))).rejects.toThrow('ENOENT');
    await rm(join(to, 'safe'));
    await mkdir(join(to, 'safe'));
    await writeFile(join(root, 'elsewhere', 'kept.md'), 'kept');
    await symlink(join(root, 'elsewhere', 'kept.md'), join(to, 'safe', 'one.md'));
    expect((await run('export', to)).out).toContain('1 something that is no file is in the way: safe/one.md');
    expect(await readFile(join(root, 'elsewhere', 'kept.md'), 'utf8')).toBe('kept');
  });

  it('asks which workspace where there are several, and keeps them apart', async () => {
    const id = await server.workspace();
    const [{ slug } = { slug: '' }] = await server.db
      .select({ slug: schema.workspaces.slug })
      .from(schema.workspaces)
      .where(eq(schema.workspaces.id, id));
    const folder = await folderOf('several', { 'same.md': '# Same\n' });
    const unclear = await run('import', folder);
    expect(unclear).toMatchObject({ status: 1, out: '' });
    expect(unclear.err).toContain('--workspace');
    expect(unclear.err).toContain(slug);
    expect(unclear.err).toContain('planet-express');
    expect((await run('import', folder, '--workspace', 'nowhere')).err).toContain(
      'There is no workspace nowhere',
    );
    expect((await run('import', folder, '--workspace', slug)).err).toContain('has no owner');

    await server.person({ [id]: 'owner' });
    expect((await run('import', folder, '--workspace', slug)).out).toContain('1 created');
    expect((await run('import', folder, '--workspace', 'planet-express')).out).toContain('1 created');
    const to = join(root, 'several-out');
    expect((await run('export', to, '--workspace', slug)).out).toContain('1 created');
    const [{ n } = { n: 0 }] = await server.db
      .select({ n: sql<number>`count(*)::int` })
      .from(documents)
      .where(and(eq(documents.workspaceId, id), eq(documents.sourcePath, 'same.md')));
    expect(n).toBe(1);
  });
});
