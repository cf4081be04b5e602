import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseUnavailableError, DataDirLockedError, openDatabase, schema, seedDemo } from '@doclight/db';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '../auth/tokens.js';
import { TcpProxy } from '../testing/tcp-proxy.js';
import { createTestDatabase } from '../testing/test-database.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';

describe('the embedded database', () => {
  it('belongs to one, and keeps what was written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doclight-data-'));
    try {
      const first = await openDatabase({ dataDir: folder });
      expect(await seedDemo(first.db, 'hash')).toBe(true);
      expect(await seedDemo(first.db, 'hash')).toBe(false);
      await expect(openDatabase({ dataDir: folder })).rejects.toThrow(DataDirLockedError);
      await first.close();
      const second = await openDatabase({ dataDir: folder });
      expect(await second.db.select().from(schema.users)).toHaveLength(3);
      expect((await second.db.select().from(schema.documents)).length).toBeGreaterThanOrEqual(6);
      await second.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

it('names DATA_DIR where that is no folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'doclight-data-'));
  try {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const error = await openDatabase({ dataDir: file }).catch((err: unknown) => err);
    expect(error).toBeInstanceOf(DatabaseUnavailableError);
    expect(String(error)).toContain(`DATA_DIR ${file} cannot be used`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('a PostgreSQL database', () => {
  it('is migrated and seeded once by several gateways that start together', async () => {
    const database = await createTestDatabase();
    const handles = await Promise.all(
      Array.from({ length: 4 }, () => openDatabase({ url: database.url, dataDir: '', poolSize: 2 })),
    );
    const seeded = await Promise.all(handles.map(({ db }) => seedDemo(db, 'hash')));
    expect(seeded.filter(Boolean)).toHaveLength(1);
    expect(await handles[0]?.db.select().from(schema.users)).toHaveLength(3);
    await Promise.all(handles.map((handle) => handle.close()));
    await database.drop();
  });

  it('gives up a connection that falls silent, and only that', async () => {
    const database = await createTestDatabase();
    const { hostname, port } = new URL(database.url);
    const wire = await TcpProxy.start(Number(port), hostname);
    const url = new URL(database.url);
    url.host = `127.0.0.1:${wire.port}`;
    const broken: string[] = [];
    const { db, close } = await openDatabase({
      url: url.href,
      dataDir: '',
      poolSize: 1,
      answerWithinMs: 300,
      onConnectionError: ({ message }) => broken.push(message),
    });
    // Idle for longer than that, also in the midst of a transaction, it stays.
    await db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      await new Promise((resolve) => setTimeout(resolve, 400));
      await tx.execute(sql`select 1`);
    });
    expect(broken).toEqual([]);
    await expect(
      db.transaction(async (tx) => {
        wire.strand();
        await tx.execute(sql`select 1`);
      }),
    ).rejects.toThrow();
    expect(broken).toEqual(['the database has not answered for 300 ms']);
    expect(await db.execute(sql`select 1 as one`)).toMatchObject({ rows: [{ one: 1 }] });
    await close();
    await wire.stop();
    await database.drop();
  });

  it('that cannot be used is named by its setting, without the password', async () => {
    const unreachable = 'postgres://doclight:secret@127.0.0.1:1/none';
    const absent = new URL(process.env.TEST_DATABASE_URL ?? '');
    absent.pathname = '/absent';
    for (const [url, reason] of [
      [unreachable, /127\.0\.0\.1:1\/none.*ECONNREFUSED/],
      [absent.href, /"absent" does not exist/],
      ['postgres://doclight:secret@nowhere.invalid/none', /nowhere\.invalid/],
    ] as const) {
      const error = await openDatabase({ url, dataDir: '' }).catch((err: unknown) => err);
      expect(error).toBeInstanceOf(DatabaseUnavailableError);
      expect(String(error)).toMatch(/DATABASE_URL/);
      expect(String(error)).toMatch(reason);
      expect(String(error)).not.toContain('secret');
    }
  });
});

describe('a lost connection to the database', () => {
  let server: TestServer;
  let workspaceId: string;
  let fry: TestPerson;
  beforeAll(async () => {
    server = await TestServer.start('postgres', { demo: false });
    workspaceId = await server.workspace();
    fry = await server.person({ [workspaceId]: 'editor' });
  });
  afterAll(() => server.close());

  it('loses no event and no sign-out', async () => {
    const session = await server.session(fry.id);
    const ending = await server.socket(session);
    const staying = await server.socket(fry.session);
    const admin = await server.connection();
    // In one transaction with what must not be missed: nobody hears of it while the connection is gone.
    await admin.query('begin');
    await admin.query('insert into documents (workspace_id, author_id, title) values ($1, $2, $3)', [
      workspaceId,
      fry.id,
      'During the outage',
    ]);
    const { rowCount } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'doclight-listen'`,
    );
    expect(rowCount).toBe(1);
    await admin.query('delete from sessions where id = $1', [hashToken(session)]);
    await admin.query('commit');
    await admin.end();

    await staying.next('document:created', ({ document }) => document.title === 'During the outage');
    await ending.closed();
    expect(staying.socket.connected).toBe(true);
    expect((await server.api(session)('GET', '/api/auth/me')).status).toBe(401);
    await server.db
      .update(schema.documents)
      .set({ title: 'After it' })
      .where(eq(schema.documents.workspaceId, workspaceId));
    await staying.next('document:saved', ({ title }) => title === 'After it');
  });

  it('is told by the readiness, and mended by itself', async () => {
    server.expectErrors(/NOT_READY|"statusCode":503|"code":"57P01"/);
    const admin = await server.connection();
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await admin.end();
    await expect
      .poll(async () => (await server.api()('GET', '/api/health/ready')).status, { timeout: 10_000 })
      .toBe(200);
    await expect
      .poll(async () => (await server.api(fry.session)('GET', '/api/auth/me')).status, { timeout: 10_000 })
      .toBe(200);
    expect(await server.db.execute(sql`select 1`)).toBeDefined();
  });
});
