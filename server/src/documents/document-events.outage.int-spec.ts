import type { Document, ServerPayload } from '@doclight/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TcpProxy } from '../testing/tcp-proxy.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';
import type { TestSocket } from '../testing/test-socket.js';

/** Two gateways on one database, of which one loses its connections to it in the midst of saves. */
describe('events through an outage of one gateway’s database', () => {
  let well: TestServer;
  let ill: TestServer;
  let wire: TcpProxy;
  let workspaceId: string;
  let fry: TestPerson;
  /** The same person, by the gateway that is cut off. */
  let fryOfIll: ReturnType<TestServer['api']>;

  beforeAll(async () => {
    well = await TestServer.start('postgres', { demo: false });
    const url = new URL(well.databaseUrl ?? '');
    wire = await TcpProxy.start(Number(url.port), url.hostname);
    url.host = `127.0.0.1:${wire.port}`;
    ill = await TestServer.start('postgres', { demo: false, environment: { DATABASE_URL: url.href } });
    ill.expectErrors(/request failed|request errored/);
    workspaceId = await well.workspace();
    fry = await well.person({ [workspaceId]: 'editor' }, 'Fry');
    fryOfIll = ill.api(fry.session);
  });
  afterAll(async () => {
    await ill.close();
    await wire.stop();
    await well.close();
  });

  const told = (socket: TestSocket): string[] =>
    (['document:created', 'document:saved', 'document:deleted'] as const).flatMap((event) =>
      socket.all(event).map(({ eventId }) => eventId),
    );
  const save = async (api: TestPerson['api'], id: string, revision: number): Promise<number | null> => {
    const answer = await api('PUT', `/api/documents/${id}`, {
      json: { title: `Revision ${revision + 1}`, abstract: '', text: '' },
      headers: { 'if-match': `"${revision}"` },
    });
    return answer.status === 200 ? answer.json<Document>().revision : null;
  };

  it('are told once each by both, and no save that was answered is lost', async () => {
    const sockets = [await well.socket(fry.session), await ill.socket(fry.session)];
    const busy = await well.document(fry, workspaceId, 'Busy');
    const doomed = await well.document(fry, workspaceId, 'Doomed');
    const theirs = await well.document(fry, workspaceId, 'Saved by the one that is cut off');
    for (const socket of sockets)
      await socket.next('document:created', ({ document }) => document.id === theirs.id);

    // Until it fails: some query of some transaction is always under way when the wire is cut.
    let answered = 1;
    const saving = (async () => {
      for (let next = await save(fryOfIll, theirs.id, 1); next !== null; ) {
        answered = next;
        next = await save(fryOfIll, theirs.id, next);
      }
    })();
    await sockets[0]?.next(
      'document:saved',
      ({ documentId, revision }) => documentId === theirs.id && revision > 5,
    );
    wire.cut(true);
    await saving;
    for (let revision = 1; revision < 15; revision += 1) await save(fry.api, busy.id, revision);
    await fry.api('DELETE', `/api/documents/${doomed.id}`);
    const late = await well.document(fry, workspaceId, 'Made meanwhile');
    await sockets[0]?.next('document:created', ({ document }) => document.id === late.id);
    expect((await ill.api()('GET', '/api/health/ready')).status).toBe(503);
    expect(sockets[1]?.all('document:created').map(({ document }) => document.id)).not.toContain(late.id);

    wire.cut(false);
    const last = await well.document(fry, workspaceId, 'After it');
    const isLast = ({ document }: ServerPayload<'document:created'>): boolean => document.id === last.id;
    for (const socket of sockets) await socket.next('document:created', isLast);
    const [byWell = [], byIll = []] = sockets.map(told);
    expect(new Set(byIll).size).toBe(byIll.length);
    expect(byIll.sort()).toEqual(byWell.sort());
    expect(sockets.every(({ socket }) => socket.connected)).toBe(true);
    const { revision } = (await fry.api('GET', `/api/documents/${theirs.id}`)).json<Document>();
    // The one whose answer the outage swallowed may have been made.
    expect([answered, answered + 1]).toContain(revision);
    await expect.poll(async () => (await ill.api()('GET', '/api/health/ready')).status).toBe(200);
  });
});
