import { schema } from '@doclight/db';
import { type EventList, eventListSchema, type WorkspaceEvent } from '@doclight/protocol';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../testing/test-database.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';
import type { TestSocket } from '../testing/test-socket.js';

describe.each(engines)('document events on %s', (engine) => {
  let server: TestServer;
  let workspaceId: string;
  let fry: TestPerson;
  let socket: TestSocket;

  beforeAll(async () => {
    server = await TestServer.start(engine, { demo: false });
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    workspaceId = await server.workspace();
    fry = await server.person({ [workspaceId]: 'editor' }, 'Fry');
    socket = await server.socket(fry.session);
  });
  afterEach(() => server.closeSockets());

  const eventsAfter = async (after?: string): Promise<EventList> => {
    const query = after === undefined ? '' : `?after=${after}`;
    const answer = await fry.api('GET', `/api/workspaces/${workspaceId}/events${query}`);
    expect(answer.status, answer.text).toBe(200);
    return eventListSchema.parse(answer.json());
  };
  const save = (id: string, revision: number, title: string) =>
    fry.api('PUT', `/api/documents/${id}`, {
      json: { title, abstract: '', text: '' },
      headers: { 'if-match': `"${revision}"` },
    });
  const brief = (event: WorkspaceEvent) =>
    event.type === 'document:saved'
      ? `saved ${event.title} ${event.revision}`
      : event.type === 'document:created'
        ? `created ${event.document.title}`
        : 'deleted';

  it('reach everyone in the workspace and are listed for those who missed them', async () => {
    const { lastEventId } = await eventsAfter();
    const document = await server.document(fry, workspaceId, 'One');
    const created = await socket.next('document:created');
    expect(created.document).toEqual({ ...document, text: undefined });
    await save(document.id, 1, 'Two');
    const saved = await socket.next('document:saved');
    expect(saved).toMatchObject({
      documentId: document.id,
      workspaceId,
      slug: document.slug,
      title: 'Two',
      revision: 2,
      savedBy: { id: fry.id, name: 'Fry', color: fry.color },
    });
    await fry.api('DELETE', `/api/documents/${document.id}`);
    const deleted = await socket.next('document:deleted');
    expect(deleted).toEqual({ eventId: deleted.eventId, documentId: document.id, workspaceId });

    const { events, truncated, lastEventId: last } = await eventsAfter(lastEventId);
    // What was made and is gone since is told as gone alone.
    expect(events).toEqual([
      { type: 'document:saved', ...saved },
      { type: 'document:deleted', ...deleted },
    ]);
    expect([truncated, last]).toEqual([false, deleted.eventId]);
    expect(await eventsAfter(last)).toEqual({ events: [], truncated: false, lastEventId: last });
    expect((await eventsAfter(saved.eventId)).events.map(brief)).toEqual(['deleted']);
  });

  it('of plain SQL reach the sockets within a second', async () => {
    const at = performance.now();
    const [row] = await server.db
      .insert(schema.documents)
      .values({ title: 'By SQL', workspaceId, authorId: fry.id })
      .returning({ id: schema.documents.id });
    const id = row?.id ?? '';
    const { document } = await socket.next('document:created');
    expect(document).toMatchObject({ id, title: 'By SQL', revision: 1, updatedBy: { id: fry.id } });
    expect(document.slug).toMatch(/^by-sql-[a-z0-9]+$/);
    await server.db.update(schema.documents).set({ text: 'x' }).where(eq(schema.documents.id, id));
    expect(await socket.next('document:saved')).toMatchObject({ documentId: id, revision: 2 });
    await server.db.delete(schema.documents).where(eq(schema.documents.id, id));
    expect((await socket.next('document:deleted')).documentId).toBe(id);
    expect(performance.now() - at).toBeLessThan(3_000);
  });

  it('do not come where nothing was changed', async () => {
    const document = await server.document(fry, workspaceId, 'Still');
    await socket.next('document:created');
    await server.db
      .update(schema.documents)
      .set({ sourcePath: 'still.md', title: 'Still' })
      .where(eq(schema.documents.id, document.id));
    expect((await save(document.id, 7, 'Refused')).status).toBe(412);
    await save(document.id, 1, 'Saved');
    await socket.next('document:saved');
    expect(socket.all('document:saved').map(({ title, revision }) => [title, revision])).toEqual([
      ['Saved', 2],
    ]);
  });

  it('come once each and in order, however many there are', async () => {
    const document = await server.document(fry, workspaceId, 'Busy');
    for (let revision = 1; revision < 20; revision += 1)
      await save(document.id, revision, `Title ${revision + 1}`);
    await socket.next('document:saved', ({ revision }) => revision === 20);
    expect(socket.all('document:saved').map(({ revision }) => revision)).toEqual(
      Array.from({ length: 19 }, (_, index) => index + 2),
    );
    const ids = socket.all('document:saved').map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(19);
  });

  it('go on after more at once than one statement takes parameters', async () => {
    const document = await server.document(fry, workspaceId, 'Before');
    // As a transaction leaves them that made as many documents, and another that deleted them.
    await server.db.execute(sql`
      insert into document_events (workspace_id, document_id, type, revision, slug, title, actor_id, at)
      select ${workspaceId}, 'gone-' || n, 'created', 1, 'gone-' || n, 'Gone', ${fry.id}, now()
      from generate_series(1, 70000) as n`);
    await save(document.id, 1, 'After');
    await socket.next('document:saved', ({ title }) => title === 'After');
  });

  it('say where more were missed than one answer holds, or where it is not known which', async () => {
    await server.db.insert(schema.documents).values(
      Array.from({ length: 1_005 }, (_, index) => ({
        title: `Many ${index}`,
        workspaceId,
        authorId: fry.id,
      })),
    );
    const first = await eventsAfter();
    expect([first.events.length, first.truncated]).toEqual([1_000, true]);
    const rest = await eventsAfter(first.lastEventId);
    expect([rest.events.length, rest.truncated]).toEqual([5, false]);
    const unknown = await eventsAfter('999999999999999999');
    expect([unknown.truncated, unknown.lastEventId]).toEqual([true, rest.lastEventId]);
    for (const after of ['x', '-1', '1.5', '9'.repeat(19), '%00']) {
      const answer = await fry.api('GET', `/api/workspaces/${workspaceId}/events?after=${after}`);
      expect([answer.status, answer.problem().code]).toEqual([400, 'INVALID_QUERY']);
    }
  });

  it('are of one workspace', async () => {
    const other = await server.workspace();
    const stranger = await server.person({ [other]: 'owner' }, 'Stranger');
    await server.document(stranger, other, 'Elsewhere');
    await server.document(fry, workspaceId, 'Here');
    await socket.next('document:created');
    expect(socket.all('document:created').map(({ document }) => document.title)).toEqual(['Here']);
    expect((await eventsAfter()).events.map(brief)).toEqual(['created Here']);
  });
});

describe('events of transactions that overlap', () => {
  let server: TestServer;
  let workspaceId: string;
  let fry: TestPerson;
  beforeAll(async () => {
    server = await TestServer.start('postgres', { demo: false });
    workspaceId = await server.workspace();
    fry = await server.person({ [workspaceId]: 'editor' }, 'Fry');
  });
  afterAll(() => server.close());

  const insert = 'insert into documents (workspace_id, author_id, title) values ($1, $2, $3)';
  const eventsAfter = async (after: string): Promise<EventList> => {
    const answer = await fry.api('GET', `/api/workspaces/${workspaceId}/events?after=${after}`);
    return eventListSchema.parse(answer.json());
  };
  const titles = ({ events }: EventList) =>
    events.map((event) => (event.type === 'document:created' ? event.document.title : event.type));

  it('are not lost where the first to write is the last to commit', async () => {
    const socket = await server.socket(fry.session);
    const early = await server.connection();
    try {
      await early.query('begin');
      await early.query(insert, [workspaceId, fry.id, 'Early']);
      const late = await server.document(fry, workspaceId, 'Late');
      const { eventId } = await socket.next('document:created', ({ document }) => document.id === late.id);
      const known = await eventsAfter('0');
      expect([titles(known), known.lastEventId]).toEqual([['Late'], eventId]);
      await early.query('commit');
      const caughtUp = await socket.next('document:created', ({ document }) => document.title === 'Early');
      expect(BigInt(caughtUp.eventId)).toBeLessThan(BigInt(eventId));
      expect(titles(await eventsAfter(eventId))).toContain('Early');
      expect(socket.all('document:created')).toHaveLength(2);
    } finally {
      await early.end();
    }
  });

  it('are all found by a client that asks again and again while many write', async () => {
    const writers = await Promise.all(Array.from({ length: 4 }, () => server.connection()));
    let writing = true;
    try {
      const written = Promise.all(
        writers.map(async (writer, index) => {
          for (let round = 0; round < 25; round += 1) {
            await writer.query('begin');
            await writer.query(insert, [workspaceId, fry.id, `w${index} ${round}`]);
            await writer.query('select 1');
            await writer.query(round % 5 === 4 ? 'rollback' : 'commit');
          }
        }),
      ).finally(() => {
        writing = false;
      });
      const found = new Set<string>();
      let { lastEventId } = await eventsAfter('0');
      const before = new Set(titles(await eventsAfter('0')));
      const look = async () => {
        const answer = await eventsAfter(lastEventId);
        for (const title of titles(answer)) found.add(title);
        lastEventId = answer.lastEventId;
      };
      while (writing) await look();
      await written;
      await look();
      const all = titles(await eventsAfter('0')).filter((title) => /^w\d/.test(title));
      expect(all).toHaveLength(80);
      expect(all.filter((title) => !found.has(title) && !before.has(title))).toEqual([]);
    } finally {
      await Promise.all(writers.map((writer) => writer.end()));
    }
  });
});
