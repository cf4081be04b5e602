import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../testing/test-database.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

describe.each(engines)('the log on %s', (engine) => {
  let server: TestServer;
  let workspaceId: string;
  let fry: TestPerson;

  beforeAll(async () => {
    server = await TestServer.start(engine, { environment: { TRUST_PROXY: '1' }, demo: false });
    workspaceId = await server.workspace();
    fry = await server.person({ [workspaceId]: 'editor' }, 'Philip J. Fry');
    server.expectErrors(/documents/);
    server.expectErrors(/"msg":"request errored"/);
  });
  afterAll(() => server.close());

  /** The lines that were logged as errors while the documents were out of reach. */
  const linesWithoutDocuments = async (work: () => Promise<void>) => {
    const before = server.errors.length;
    await server.db.execute(sql`alter table documents rename to documents_away`);
    try {
      await work();
    } finally {
      await server.db.execute(sql`alter table documents_away rename to documents`);
    }
    const text = server.errors.slice(before).join('');
    // Neither who it was nor what they are let in with.
    expect(text).not.toContain(fry.name);
    expect(text).not.toContain(fry.session);
    return server.errors.slice(before).map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('names the request that failed, as the answer does', async () => {
    let id: string | null = null;
    const lines = await linesWithoutDocuments(async () => {
      const answer = await fry.api('GET', '/api/documents/anything');
      id = answer.headers.get('x-request-id');
      expect(id).toMatch(UUID);
      expect(answer.problem()).toMatchObject({ status: 500, code: 'INTERNAL', requestId: id });
      await expect.poll(() => server.errors.some((line) => line.includes('request errored'))).toBe(true);
    });
    expect(lines.map(({ msg, requestId }) => [msg, requestId])).toEqual([
      ['request failed', id],
      ['request errored', id],
    ]);
    expect(lines[0]).toMatchObject({ userId: fry.id, method: 'GET', path: '/api/documents/anything' });
    expect(lines[1]).not.toHaveProperty('req.headers');
  });

  it('keeps the name also behind a body that was read', async () => {
    const lines = await linesWithoutDocuments(async () => {
      const answer = await fry.api('POST', `/api/workspaces/${workspaceId}/documents`, {
        json: { title: 'A secret title' },
        headers: { 'x-request-id': 'behind-a-body' },
      });
      expect(answer.status).toBe(500);
    });
    expect(lines[0]).toMatchObject({ requestId: 'behind-a-body', userId: fry.id });
    expect(JSON.stringify(lines)).not.toContain('A secret title');
  });

  it('takes the name that a trusted proxy gives, where it is well-formed', async () => {
    const named = async (given: string) =>
      (await fry.api('GET', '/api/auth/me', { headers: { 'x-request-id': given } })).headers.get(
        'x-request-id',
      );
    expect(await named('28ff06abf400ea2f24763fdd596aef6c')).toBe('28ff06abf400ea2f24763fdd596aef6c');
    expect(await named('Root=1-67891233-abcdef012345678912345678')).toMatch(/^Root=1-/);
    expect(await named('two words')).toMatch(UUID);
    expect(await named('"},{"')).toMatch(UUID);
    expect(await named('x'.repeat(129))).toMatch(UUID);
  });

  it('tells what is wrong with a request without a name: that is not ours to look up', async () => {
    const answer = await fry.api('GET', '/api/documents/nothing');
    expect(answer.problem()).not.toHaveProperty('requestId');
    expect(answer.headers.get('x-request-id')).toMatch(UUID);
  });

  it('names the socket whose event failed, and whose it is', async () => {
    const socket = await server.socket(fry.session);
    const other = await server.socket(fry.session);
    const lines = await linesWithoutDocuments(async () => {
      const answers = await Promise.all([
        socket.emitAck('presence:set', { documentId: 'a', phase: 'read' }),
        other.emitAck('presence:set', { documentId: 'b', phase: 'read' }),
      ]);
      for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    });
    expect(lines).toHaveLength(2);
    for (const line of lines)
      expect(line).toMatchObject({ msg: 'a socket event failed', event: 'presence:set', userId: fry.id });
    expect(new Set(lines.map(({ socketId }) => socketId))).toEqual(
      new Set([socket.socket.id, other.socket.id]),
    );
    expect(lines[0]).not.toHaveProperty('requestId');
  });
});

it('names requests itself where no proxy is trusted', async () => {
  const server = await TestServer.start('pglite', { demo: false });
  const answer = await server.api()('GET', '/api/health/live', { headers: { 'x-request-id': 'mine' } });
  expect(answer.headers.get('x-request-id')).toMatch(UUID);
  await server.close();
});
