import type { Document, EditStatus, LeaseRequest } from '@doclight/protocol';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestPerson, TestServer } from '../testing/test-server.js';
import type { TestSocket } from '../testing/test-socket.js';

const SETTINGS = {
  LIMIT_SOCKET_EVENTS_PER_SECOND: '0',
  // A person who reports `idle` has been away for 120 s; one who reports `hidden` has just left.
  TAKE_OVER_IDLE_SECONDS: '110',
};

/** One gateway with everything in its own process, or two that share PostgreSQL and Redis. */
const houses = {
  'one gateway, embedded': async () => [
    await TestServer.start('pglite', { environment: SETTINGS, demo: false }),
  ],
  'two gateways on PostgreSQL and Redis': async () => {
    const environment = { ...SETTINGS, REDIS_URL: process.env.TEST_REDIS_URL ?? 'missing' };
    const first = await TestServer.start('postgres', { environment, demo: false });
    const shared = { ...environment, DATABASE_URL: first.databaseUrl ?? '' };
    return [await TestServer.start('pglite', { environment: shared, demo: false }), first];
  },
};

describe.each(Object.entries(houses))('handing over on %s', (_, open) => {
  let gateways: TestServer[];
  let here: TestServer;
  let there: TestServer;
  let workspaceId: string;
  let document: Document;
  let documentId: string;
  /** Fry edits on one gateway, Leela reads on the other. */
  let fry: TestPerson;
  let leela: TestPerson;
  let frys: TestSocket;
  let leelas: TestSocket;

  beforeAll(async () => {
    gateways = await open();
    [here, there] = [gateways[0], gateways.at(-1)] as [TestServer, TestServer];
  });
  afterAll(async () => {
    for (const gateway of gateways) await gateway.close();
  });
  beforeEach(async () => {
    workspaceId = await here.workspace();
    fry = await here.person({ [workspaceId]: 'editor' }, 'Fry');
    leela = await here.person({ [workspaceId]: 'owner' }, 'Leela');
    document = await here.document(fry, workspaceId, 'The plan');
    documentId = document.id;
    frys = await here.socket(fry.session);
    leelas = await there.socket(leela.session);
    await frys.ask('presence:set', { documentId, phase: 'edit' });
    await leelas.ask('presence:set', { documentId, phase: 'read' });
    await leelas.next('document:presence', ({ editors }) => editors.length === 1);
  });
  afterEach(() => {
    for (const gateway of gateways) gateway.closeSockets();
  });

  const save = (person: TestPerson, revision: number, text: string, lease?: number | string) =>
    person.api('PUT', `/api/documents/${documentId}`, {
      json: { title: 'The plan', abstract: '', text },
      headers: {
        'if-match': `"${revision}"`,
        ...(lease === undefined ? {} : { 'edit-lease': String(lease) }),
      },
    });
  const acquire = (socket: TestSocket): Promise<EditStatus> => socket.ask('edit:acquire', { documentId });
  const turnTo = (attention: 'active' | 'idle' | 'hidden') =>
    frys.ask('presence:set', { documentId, phase: 'edit', attention });
  const refused = (code: string, words: RegExp) => ({
    ok: false,
    error: { code, message: expect.stringMatching(words) },
  });
  const becomes = (
    socket: TestSocket,
    id: string,
    state: LeaseRequest['state'],
    kind?: LeaseRequest['kind'],
  ) =>
    socket.next(
      'edit:request',
      (one) => one.requestId === id && one.state === state && (kind === undefined || one.kind === kind),
    );
  /** Lets the time of a request run out now. */
  const hurry = (id: string) =>
    here.db.transaction(async (tx) => {
      await tx.execute(sql`update edit_requests set expires_at = now() where id = ${id}`);
      await tx.execute(sql`select pg_notify('doclight_editing', ${JSON.stringify({ request: id })})`);
    });

  it('asks, is accepted, and nobody ever sees the document free', async () => {
    const { lease } = await acquire(frys);
    expect(lease).toMatchObject({ holder: { id: fry.id }, token: 1, how: 'acquired', takeOverIn: null });
    const watcher = await there.socket(leela.session);
    await watcher.ask('dashboard:join', { workspaceId });

    const { request } = await leelas.ask('edit:ask', { documentId });
    expect(request).toMatchObject({
      documentId,
      workspaceId,
      slug: document.slug,
      title: 'The plan',
      kind: 'ask',
      state: 'open',
      by: { id: leela.id, name: 'Leela' },
      to: { id: fry.id, name: 'Fry' },
    });
    expect(request.secondsLeft).toBeGreaterThan(50);
    const id = request.requestId;
    // Again: the same one. Who comes back finds it.
    expect((await leelas.ask('edit:ask', { documentId })).request.requestId).toBe(id);
    await becomes(frys, id, 'open');
    expect((await frys.ask('edit:status', { documentId })).requests).toMatchObject([{ requestId: id }]);

    expect((await save(fry, 1, 'By Fry', lease?.token)).status).toBe(200);
    expect((await frys.ask('edit:answer', { requestId: id, accept: true })).request.state).toBe('accepted');
    await becomes(leelas, id, 'accepted');
    await leelas.next('document:presence', ({ status }) => status === 'read');
    await leelas.ask('presence:set', { documentId, phase: 'edit' });
    const after = await acquire(leelas);
    expect(after.lease).toMatchObject({
      holder: { id: leela.id },
      token: 2,
      how: 'handed-over',
      from: { id: fry.id },
    });
    const told = await frys.next('edit:lease', ({ token }) => token === 2);
    expect(told.holder?.id).toBe(leela.id);

    await watcher.next('presence:diff', ({ documents }) =>
      documents.some((one) => one.editors.some((editor) => editor.id === leela.id)),
    );
    const lights = watcher
      .all('presence:diff')
      .flatMap(({ documents }) => documents.map((one) => one.status));
    expect(lights).not.toContain('free');
    expect((await save(leela, 2, 'By Leela', 2)).status).toBe(200);
  });

  it('holds a stale editor’s save back, whatever its revision says', async () => {
    await acquire(frys);
    expect((await save(fry, 1, 'First', 1)).status).toBe(200);
    const { request } = await leelas.ask('edit:ask', { documentId });
    await becomes(frys, request.requestId, 'open');
    await frys.ask('edit:answer', { requestId: request.requestId, accept: true });

    // Nobody has saved since: the revision alone would let it pass.
    const stale = await save(fry, 2, 'From the past', 1);
    expect(stale.status).toBe(412);
    expect(stale.problem()).toMatchObject({ code: 'REVISION_CONFLICT', fenced: true });
    expect(stale.json<{ current: Document }>().current).toMatchObject({ revision: 2, text: 'First' });
    const overSocket = await frys.emitAck('document:update', {
      documentId,
      revision: 2,
      lease: 1,
      text: 'Past',
    });
    expect(overSocket).toMatchObject({ ok: false, error: { code: 'REVISION_CONFLICT', fenced: true } });
    const image = await fry.api('DELETE', `/api/documents/${documentId}/image`, {
      headers: { 'if-match': '"2"', 'edit-lease': '1' },
    });
    expect(image.problem()).toMatchObject({ fenced: true });
    // A token that was never given, and somebody else’s.
    expect((await save(fry, 2, 'Guessed', 99)).status).toBe(412);
    expect((await save(fry, 2, 'Stolen', 2)).status).toBe(412);
    expect((await save(fry, 2, 'Broken', '"2"')).problem()).toMatchObject({ code: 'INVALID_HEADER' });
    expect((await fry.api('GET', `/api/documents/${documentId}`)).json<Document>().text).toBe('First');

    // Merged, and saved as anyone may; the holder’s own next save meets the revision.
    expect((await save(fry, 2, 'Merged')).status).toBe(200);
    const late = await save(leela, 2, 'By Leela', 2);
    expect(late.status).toBe(412);
    expect(late.problem()).not.toHaveProperty('fenced');
    expect((await save(leela, 3, 'By Leela', 2)).status).toBe(200);
  });

  it('lets one of many have the lease, and the next when that one has gone', async () => {
    await acquire(frys);
    await leelas.ask('presence:set', { documentId, phase: 'edit' });
    expect((await acquire(leelas)).lease).toMatchObject({ holder: { id: fry.id }, token: 1 });
    // Advice only: both save.
    expect((await save(leela, 1, 'By Leela')).status).toBe(200);

    await frys.ask('presence:clear', { documentId });
    const lapsed = await leelas.next('edit:lease', ({ holder }) => holder === null);
    expect(lapsed.token).toBe(1);
    expect((await acquire(leelas)).lease).toMatchObject({
      holder: { id: leela.id },
      token: 2,
      how: 'acquired',
    });
    expect((await save(fry, 2, 'From the past', 1)).problem()).toMatchObject({ fenced: true });
  });

  it('is declined, withdrawn, unanswered, or pointless', async () => {
    await acquire(frys);
    const ask = async () => (await leelas.ask('edit:ask', { documentId })).request.requestId;
    const declined = await ask();
    await becomes(frys, declined, 'open');
    await frys.ask('edit:answer', { requestId: declined, accept: false });
    await becomes(leelas, declined, 'declined');
    expect(await frys.emitAck('edit:answer', { requestId: declined, accept: true })).toEqual(
      refused('CONFLICT', /declined already/),
    );

    const withdrawn = await ask();
    await leelas.ask('edit:cancel', { requestId: withdrawn });
    await becomes(frys, withdrawn, 'withdrawn');
    expect(await frys.emitAck('edit:answer', { requestId: withdrawn, accept: true })).toEqual(
      refused('CONFLICT', /withdrawn/),
    );

    const unanswered = await ask();
    await becomes(frys, unanswered, 'open');
    await hurry(unanswered);
    await becomes(leelas, unanswered, 'expired');
    await becomes(frys, unanswered, 'expired');

    const left = await ask();
    await leelas.ask('presence:clear', { documentId });
    await becomes(frys, left, 'withdrawn');
    await leelas.ask('presence:set', { documentId, phase: 'read' });

    const pointless = await ask();
    await frys.ask('presence:set', { documentId, phase: 'read' });
    await becomes(leelas, pointless, 'ended');
    await leelas.next('document:presence', ({ status }) => status === 'read');
    expect(await leelas.emitAck('edit:ask', { documentId })).toEqual(refused('CONFLICT', /Nobody else/));
    expect((await leelas.ask('edit:status', { documentId })).requests).toEqual([]);
  });

  it('takes over who has been idle for long, after a warning, in all their tabs', async () => {
    await acquire(frys);
    const second = await there.socket(fry.session);
    await second.ask('presence:set', { documentId, phase: 'edit', attention: 'hidden' });
    expect(await leelas.emitAck('edit:take-over', { documentId })).toEqual(
      refused('CONFLICT', /after 110 s without input\. Ask to edit instead/),
    );
    await turnTo('hidden');
    const soon = await leelas.next('edit:lease', ({ takeOverIn }) => takeOverIn !== null);
    expect(soon.takeOverIn).toBeGreaterThan(90);
    expect(await leelas.emitAck('edit:take-over', { documentId })).toEqual(
      refused('CONFLICT', /which is in/),
    );
    await turnTo('active');
    await leelas.next('edit:lease', ({ takeOverIn }) => takeOverIn === null);
    await turnTo('idle');
    await leelas.next('edit:lease', ({ takeOverIn }) => takeOverIn === 0);

    const { request } = await leelas.ask('edit:take-over', { documentId });
    expect(request).toMatchObject({ kind: 'take-over', state: 'open', to: { id: fry.id } });
    expect(request.secondsLeft).toBeGreaterThan(20);
    await becomes(second, request.requestId, 'open');
    await hurry(request.requestId);
    for (const socket of [frys, second, leelas]) await becomes(socket, request.requestId, 'accepted');
    await leelas.next(
      'document:presence',
      ({ status, readerCount }) => status === 'read' && readerCount === 2,
    );
    const { lease } = await leelas.ask('edit:status', { documentId });
    expect(lease).toMatchObject({ holder: { id: leela.id }, token: 2, how: 'taken-over', takeOverIn: null });
    expect((await save(fry, 1, 'From the past', 1)).problem()).toMatchObject({ fenced: true });
  });

  it('does not take over who comes back or objects', async () => {
    await acquire(frys);
    await turnTo('idle');
    await leelas.next('edit:lease', ({ takeOverIn }) => takeOverIn === 0);
    const takeOver = async () => (await leelas.ask('edit:take-over', { documentId })).request.requestId;

    const back = await takeOver();
    await becomes(frys, back, 'open', 'take-over');
    await turnTo('active');
    for (const socket of [frys, leelas]) {
      const softer = await becomes(socket, back, 'open', 'ask');
      expect(softer.secondsLeft).toBeGreaterThan(50);
    }
    await frys.ask('edit:answer', { requestId: back, accept: false });
    await becomes(leelas, back, 'declined');

    await turnTo('idle');
    await leelas.next('edit:lease', ({ takeOverIn }) => takeOverIn === 0);
    const objected = await takeOver();
    await becomes(frys, objected, 'open');
    await frys.ask('edit:answer', { requestId: objected, accept: false });
    await becomes(leelas, objected, 'declined');
    expect((await leelas.ask('edit:status', { documentId })).lease).toMatchObject({
      holder: { id: fry.id },
      token: 1,
    });
  });

  it('is only for those who may, and tells nobody else', async () => {
    await acquire(frys);
    const viewer = await here.person({ [workspaceId]: 'viewer' }, 'Bender');
    const viewers = await there.socket(viewer.session);
    await viewers.ask('presence:set', { documentId, phase: 'read' });
    expect((await viewers.ask('edit:status', { documentId })).lease?.holder?.name).toBe('Fry');
    for (const event of ['edit:acquire', 'edit:ask', 'edit:take-over'] as const) {
      expect(await viewers.emitAck(event, { documentId })).toEqual(refused('FORBIDDEN', /viewer/));
    }
    const outsider = await here.person({ [await here.workspace()]: 'owner' });
    const outside = await there.socket(outsider.session);
    for (const event of ['edit:status', 'edit:acquire', 'edit:ask', 'edit:take-over'] as const) {
      expect(await outside.emitAck(event, { documentId })).toEqual(refused('NOT_FOUND', /no such document/));
    }
    expect(await leelas.emitAck('edit:acquire', { documentId })).toEqual(refused('FORBIDDEN', /phase/));
    expect(await frys.emitAck('edit:ask', { documentId })).toEqual(refused('CONFLICT', /yourself/));

    const { request } = await leelas.ask('edit:ask', { documentId });
    const { requestId } = request;
    await becomes(frys, requestId, 'open');
    for (const socket of [viewers, outside, leelas]) {
      expect(await socket.emitAck('edit:answer', { requestId, accept: true })).toEqual(
        refused('NOT_FOUND', /no such request/),
      );
    }
    expect(await frys.emitAck('edit:cancel', { requestId })).toEqual(refused('NOT_FOUND', /no such request/));

    // Who asked loses the right to edit while the answer is on its way.
    await here.db.execute(
      sql`update memberships set role = 'viewer' where user_id = ${leela.id} and workspace_id = ${workspaceId}`,
    );
    expect(await frys.emitAck('edit:answer', { requestId, accept: true })).toEqual(
      refused('CONFLICT', /withdrawn/),
    );
    expect((await frys.ask('edit:status', { documentId })).lease?.holder?.id).toBe(fry.id);
    expect(viewers.all('edit:request')).toEqual([]);
    expect(outside.received.filter(({ event }) => event.startsWith('edit:'))).toEqual([]);
  });

  it('does not let one ask without end', async () => {
    await acquire(frys);
    for (let i = 0; i < 6; i += 1) {
      const { request } = await leelas.ask('edit:ask', { documentId });
      await leelas.ask('edit:cancel', { requestId: request.requestId });
    }
    expect(await leelas.emitAck('edit:ask', { documentId })).toEqual(
      refused('RATE_LIMITED', /again in \d+ s/),
    );
  });

  it('ends with the person or the document', async () => {
    await acquire(frys);
    const { request } = await leelas.ask('edit:ask', { documentId });
    await becomes(frys, request.requestId, 'open');
    frys.close();
    await becomes(leelas, request.requestId, 'ended');

    const again = await here.socket(fry.session);
    await again.ask('presence:set', { documentId, phase: 'edit' });
    await leelas.next('document:presence', ({ editorCount }) => editorCount === 1);
    await acquire(again);
    const last = (await leelas.ask('edit:ask', { documentId })).request.requestId;
    await again.next('edit:request', (one) => one.requestId === last);
    expect((await leela.api('DELETE', `/api/documents/${documentId}`)).status).toBe(204);
    await again.next('document:deleted');
    expect(await again.emitAck('edit:answer', { requestId: last, accept: true })).toEqual(
      refused('NOT_FOUND', /no such request/),
    );
  });
});
