import { dashboardSnapshotSchema, documentPresenceSchema } from '@doclight/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { type TestPerson, TestServer } from '../testing/test-server.js';
import type { TestSocket } from '../testing/test-socket.js';

const LIMITS = {
  LIMIT_SOCKETS_PER_PERSON: '3',
  LIMIT_DOCUMENTS_PER_SOCKET: '2',
  LIMIT_SOCKET_EVENTS_PER_SECOND: '20',
};

describe('sockets', () => {
  let server: TestServer;
  let workspaceId: string;
  let fry: TestPerson;
  let bender: TestPerson;
  let documentIds: string[];

  beforeAll(async () => {
    server = await TestServer.start('postgres', { environment: LIMITS });
  });
  afterAll(() => server.close());
  // What one test leaves behind stays for the time of grace: the next one has a place of its own.
  beforeEach(async () => {
    workspaceId = await server.workspace();
    fry = await server.person({ [workspaceId]: 'editor' }, 'Fry');
    bender = await server.person({ [workspaceId]: 'viewer' }, 'Bender');
    documentIds = [];
    for (const title of ['A', 'B', 'C'])
      documentIds.push((await server.document(fry, workspaceId, title)).id);
  });
  afterEach(() => server.closeSockets());

  const documentId = (index = 0) => documentIds[index] ?? '';

  describe('a handshake', () => {
    it.each([
      ['without a session', undefined, {}, 'UNAUTHENTICATED'],
      ['with an unknown session', 'x'.repeat(43), {}, 'UNAUTHENTICATED'],
      ['with a huge session', 'x'.repeat(4_000), {}, 'UNAUTHENTICATED'],
    ])('is refused %s', async (_, session, options, message) => {
      await expect(server.socket(session, options)).rejects.toThrow(message);
    });

    it('is refused from a foreign origin, and none is fine', async () => {
      const other = new URL(server.url);
      other.port = '1';
      for (const origin of ['http://evil.example', 'null', other.origin, server.url.replace('http', 'https')])
        await expect(server.socket(fry.session, { origin }), origin).rejects.toThrow('FORBIDDEN_ORIGIN');
      await server.socket(fry.session, { origin: null });
      await server.socket(fry.session, { origin: `http://localhost:${new URL(server.url).port}` });
    });

    it.each([
      ['a second one before the first is answered', ['40', '40', '40']],
      ['a second one after it was left', ['40', '41', '40']],
    ])('ends the connection with %s, and nothing else', async (_, packets) => {
      for (let round = 0; round < 3; round += 1) {
        const socket = new WebSocket(
          `${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
          {
            headers: { cookie: `doclight_session=${await server.session(fry.id)}` },
          },
        );
        const closed = new Promise((resolve) => socket.on('close', resolve));
        socket.on('open', () => {
          for (const packet of packets) socket.send(packet);
        });
        await closed;
      }
      const standing = await server.socket(fry.session);
      expect(await standing.ask('dashboard:join', { workspaceId })).toMatchObject({ documents: [] });
    });

    it('speaks protocol 1, said or not', async () => {
      await server.socket(fry.session, { auth: { protocol: 1 } });
      await server.socket(fry.session, { auth: { tab: 7, more: { than: 'known' } } });
      for (const protocol of [0, 2, '1', null])
        await expect(server.socket(fry.session, { auth: { protocol } })).rejects.toThrow(
          'UNSUPPORTED_PROTOCOL',
        );
    });

    it('is refused where a person has too many connections, also at once, and room is made by leaving', async () => {
      const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => server.socket(fry.session)));
      const open = attempts.filter((attempt) => attempt.status === 'fulfilled').map(({ value }) => value);
      const refused = attempts.filter((attempt) => attempt.status === 'rejected').map(({ reason }) => reason);
      expect(refused.map(String)).toEqual(Array(5).fill('Error: TOO_MANY_CONNECTIONS'));
      expect(open).toHaveLength(3);
      await server.socket(bender.session);
      open[0]?.close();
      const again = async (): Promise<TestSocket> =>
        server.socket(fry.session).catch((error: Error) => {
          if (error.message !== 'TOO_MANY_CONNECTIONS') throw error;
          return again();
        });
      await again();
    });

    it('is counted before it is over, where many wait for the same answer', async () => {
      const session = await server.session(fry.id);
      const database = await server.connection();
      const waiting = `select from pg_locks where relation = 'sessions'::regclass and not granted`;
      try {
        await database.query('begin; lock table sessions in access exclusive mode');
        const attempts = Promise.allSettled(Array.from({ length: 6 }, () => server.socket(session)));
        await expect
          .poll(async () => (await database.query(waiting)).rowCount, {
            timeout: 5_000,
          })
          .toBeGreaterThan(0);
        await database.query('commit');
        const opened = (await attempts).filter(({ status }) => status === 'fulfilled');
        expect(opened).toHaveLength(3);
      } finally {
        await database.end();
      }
    });

    it('ends with an expired session', async () => {
      const session = await server.session(fry.id, new Date(Date.now() - 1));
      await expect(server.socket(session)).rejects.toThrow('UNAUTHENTICATED');
    });

    it('ends when its session expires, and with it what it held', async () => {
      const document = await server.document(fry, workspaceId);
      const watcher = await server.socket(bender.session);
      await watcher.ask('presence:set', { documentId: document.id, phase: 'read' });
      const session = await server.session(fry.id, new Date(Date.now() + 1_500));
      const socket = await server.socket(session);
      await socket.ask('presence:set', { documentId: document.id, phase: 'edit' });
      await watcher.next('document:presence', ({ status }) => status === 'edit');
      await socket.closed();
      await watcher.next('document:presence', ({ status }) => status === 'read');
      await expect(server.socket(session)).rejects.toThrow('UNAUTHENTICATED');
    });

    it('goes on where its session was extended meanwhile', async () => {
      const session = await server.session(fry.id, new Date(Date.now() + 1_500));
      const socket = await server.socket(session);
      const me = await server.api(session)('GET', '/api/auth/me');
      expect(me.headers.get('set-cookie')).toContain(session);
      const ended = new Promise((resolve) => socket.socket.once('disconnect', resolve));
      // Past the first end, and the look at it that follows.
      const later = new Promise((resolve) => setTimeout(() => resolve('connected'), 3_000));
      expect(await Promise.race([ended, later])).toBe('connected');
    });
  });

  describe('an event', () => {
    const bad: [string, unknown[]][] = [
      ['no payload', []],
      ['null', [null]],
      ['text', ['text']],
      ['a list', [[]]],
      ['an empty object', [{}]],
      ['bytes', [Buffer.from('x')]],
      ['a number for an id', [{ workspaceId: 1, documentId: 1, phase: 'read' }]],
      ['NUL in an id', [{ workspaceId: 'a\0', documentId: 'a\0', phase: 'read' }]],
      ['a long id', [{ workspaceId: 'x'.repeat(129), documentId: 'x'.repeat(129), phase: 'read' }]],
    ];
    it.each(['dashboard:join', 'dashboard:leave', 'presence:set', 'presence:clear'])(
      '%s with a bad payload is refused',
      async (event) => {
        const socket = await server.socket(fry.session);
        for (const [name, args] of bad) {
          expect(await socket.emitRaw(event, ...args), name).toMatchObject({
            ok: false,
            error: { code: 'INVALID_PAYLOAD', message: expect.any(String) },
          });
        }
      },
    );

    it.each([
      ['presence:set', () => ({ documentId: documentId(), phase: 'write' })],
      ['presence:set', () => ({ documentId: documentId() })],
      ['presence:set', () => ({ documentId: documentId(), phase: 'read', unsaved: 'yes' })],
      ['presence:set', () => ({ documentId: documentId(), phase: 'read', attention: 'asleep' })],
      ['presence:set', () => ({ documentId: documentId(), phase: 'read', userId: 'leela' })],
      ['presence:clear', () => ({ documentId: documentId(), all: true })],
      ['dashboard:join', () => ({ workspaceId, documentIds: [''] })],
      ['dashboard:join', () => ({ workspaceId, documentIds: 'all' })],
      ['dashboard:join', () => ({ workspaceId, documentIds: Array(501).fill('x') })],
      ['dashboard:join', () => ({ workspaceId, more: 1 })],
      ['dashboard:join', () => ({ workspaceId, documentIds: [], junk: 'x'.repeat(70_000) })],
    ])('%s with %o is refused', async (event, payload) => {
      const socket = await server.socket(fry.session);
      expect(await socket.emitRaw(event, payload())).toMatchObject({
        ok: false,
        error: { code: 'INVALID_PAYLOAD' },
      });
    });

    it.each(['x', 'presence:get', '__proto__', 'constructor', 'toString', 'users:count', 'message'])(
      'named %s is unknown',
      async (event) => {
        const socket = await server.socket(fry.session);
        expect(await socket.emitRaw(event, {})).toMatchObject({
          ok: false,
          error: { code: 'UNKNOWN_EVENT' },
        });
        expect(await socket.emitRaw(event)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
      },
    );

    it('may have 500 documents, and not over 64 KB; one that is too large spoils no other', async () => {
      const socket = await server.socket(fry.session);
      const ids = Array.from({ length: 500 }, (_, index) => `document-${index}`);
      const long = ids.map((id) => id.padEnd(128, 'x'));
      const [large, small] = await Promise.all([
        socket.emitAck('dashboard:join', { workspaceId, documentIds: long }),
        socket.emitAck('dashboard:join', { workspaceId, documentIds: ids }),
      ]);
      expect(large).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } });
      expect(small).toMatchObject({ ok: true });
    });

    it('over 1 MB closes the connection', async () => {
      const socket = await server.socket(fry.session);
      socket.socket.emit('presence:clear', { documentId: 'x'.repeat(1_100_000) }, () => {});
      await socket.closed();
    });

    it('needs no acknowledgement to be asked for, and does no harm without', async () => {
      const socket = await server.socket(fry.session);
      for (const [event, payload] of [
        ['presence:set', { documentId: documentId(), phase: 'edit' }],
        ['presence:set', { nonsense: true }],
        ['nonsense', { nonsense: true }],
      ] as const)
        (socket.socket as unknown as { emit(event: string, payload: unknown): void }).emit(event, payload);
      const joined = await socket.ask('dashboard:join', { workspaceId });
      expect(joined.documents).toMatchObject([{ documentId: documentId(), status: 'edit' }]);
    });

    it('is refused in a flood, without effect, and taken again after it', async () => {
      const socket = await server.socket(fry.session);
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          socket.emitAck('presence:set', { documentId: documentId(index % 2), phase: 'read' }),
        ),
      );
      const refused = answers.filter((answer) => !answer.ok);
      expect(refused.length).toBeGreaterThan(100);
      expect(refused.every((answer) => !answer.ok && answer.error.code === 'RATE_LIMITED')).toBe(true);
      expect(answers.slice(0, 40).every(({ ok }) => ok)).toBe(true);
      const patient = async (): Promise<unknown> => {
        const answer = await socket.emitAck('presence:clear', { documentId: documentId() });
        return answer.ok ? answer : patient();
      };
      expect(await patient()).toEqual({ ok: true, data: {} });
    });
  });

  describe('rights', () => {
    it('let a viewer read and not edit', async () => {
      const socket = await server.socket(bender.session);
      const refused = await socket.emitAck('presence:set', { documentId: documentId(), phase: 'edit' });
      expect(refused).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
      const { documents } = await socket.ask('dashboard:join', { workspaceId });
      expect(documents).toEqual([]);
      const { presence } = await socket.ask('presence:set', { documentId: documentId(), phase: 'read' });
      expect(documentPresenceSchema.parse(presence)).toMatchObject({
        status: 'read',
        readers: [{ id: bender.id }],
      });
      const still = await socket.emitAck('presence:set', { documentId: documentId(), phase: 'edit' });
      expect(still).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    });

    it('tell an outsider nothing, and send them nothing', async () => {
      const outsider = await server.person({ [await server.workspace()]: 'owner' });
      const spy = await server.socket(outsider.session);
      const notThere = { ok: false, error: { code: 'NOT_FOUND' } };
      expect(await spy.emitAck('dashboard:join', { workspaceId })).toMatchObject(notThere);
      expect(await spy.emitAck('dashboard:join', { workspaceId, documentIds })).toMatchObject(notThere);
      expect(await spy.emitAck('dashboard:join', { workspaceId: 'nothing' })).toMatchObject(notThere);
      for (const id of [documentId(), 'nothing'])
        expect(await spy.emitAck('presence:set', { documentId: id, phase: 'read' })).toMatchObject(notThere);
      expect(await spy.emitAck('presence:clear', { documentId: documentId() })).toMatchObject({ ok: true });
      expect(await spy.emitAck('dashboard:leave', { workspaceId })).toMatchObject({ ok: true });

      const insider = await server.socket(fry.session);
      await insider.ask('dashboard:join', { workspaceId });
      await insider.ask('presence:set', { documentId: documentId(), phase: 'edit' });
      await insider.next('presence:diff');
      const made = await server.document(fry, workspaceId, 'Secret');
      await insider.next('document:created', ({ document }) => document.id === made.id);
      await insider.next('users:count', ({ activeUsers }) => activeUsers === 1);
      await spy.emitAck('dashboard:leave', { workspaceId });
      expect(spy.received.filter(({ payload }) => JSON.stringify(payload).includes(workspaceId))).toEqual([]);
      expect(spy.received.map(({ event }) => event).filter((event) => event !== 'users:count')).toEqual([]);
    });

    it('limit the documents one connection is in', async () => {
      const socket = await server.socket(fry.session);
      await socket.ask('presence:set', { documentId: documentId(0), phase: 'read' });
      await socket.ask('presence:set', { documentId: documentId(1), phase: 'read' });
      const third = await socket.emitAck('presence:set', { documentId: documentId(2), phase: 'read' });
      expect(third).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED' } });
      await socket.ask('presence:set', { documentId: documentId(1), phase: 'edit' });
      await socket.ask('presence:clear', { documentId: documentId(0) });
      await socket.ask('presence:set', { documentId: documentId(2), phase: 'read' });
    });

    it('answer a join in the shape of the contract', async () => {
      const socket = await server.socket(fry.session);
      await socket.ask('presence:set', { documentId: documentId(), phase: 'edit', unsaved: true });
      const snapshot = dashboardSnapshotSchema.parse(await socket.ask('dashboard:join', { workspaceId }));
      expect(snapshot).toMatchObject({
        activeUsers: 1,
        people: [{ id: fry.id, name: 'Fry', color: fry.color }],
        totals: { reading: 0, editing: 1 },
        documents: [
          { documentId: documentId(), editors: [{ id: fry.id, unsaved: true, attention: 'active' }] },
        ],
        truncated: false,
      });
    });
  });
});

describe('a server that stops', () => {
  it('closes connections in the way after which stock clients come back by themselves', async () => {
    const server = await TestServer.start('postgres');
    const socket = await server.socket(await server.login('fry@doclight.test'), { reconnection: true });
    const reason = new Promise((resolve) => socket.socket.once('disconnect', resolve));
    await server.stop();
    // What a server says on purpose is `io server disconnect`, and keeps clients away.
    expect(['transport close', 'transport error']).toContain(await reason);
    await server.close();
  });
});
