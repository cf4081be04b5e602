import { type Database, schema } from '@doclight/db';
import type { Document, NotificationList, PushDevice } from '@doclight/protocol';
import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../testing/test-database.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';

const { notifications, pushSubscriptions } = schema;

/** Keys as a browser makes them; they are only stored here. */
const KEYS = {
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
};

describe.each(engines)('the notification centre on %s', (engine) => {
  let server: TestServer;
  let db: Database;
  let leela: TestPerson;
  let fry: TestPerson;
  let workspaceId: string;
  let document: Document;

  beforeAll(async () => {
    server = await TestServer.start(engine);
    db = server.db;
    leela = await server.demo('leela');
    fry = await server.demo('fry');
    workspaceId = await server.demoWorkspace();
    document = await server.document(fry, workspaceId, 'Told of');
  });
  afterEach(() => server.closeSockets());
  afterAll(() => server?.close());

  /** A notice that fry did something, `minute` minutes after the first one. */
  const tell = async (person: TestPerson, minute: number): Promise<string> => {
    const at = new Date(Date.UTC(2026, 0, 1, 0, minute));
    const [row] = await db
      .insert(notifications)
      .values({
        userId: person.id,
        workspaceId,
        type: 'saved',
        documentId: document.id,
        actorId: fry.id,
        createdAt: at,
        updatedAt: at,
      })
      .returning({ id: notifications.id });
    return row?.id ?? '';
  };
  const list = async (person: TestPerson, query = ''): Promise<NotificationList> =>
    (await person.api('GET', `/api/notifications${query}`)).json<NotificationList>();

  it('lists by pages, newest first, with the words and the way to the document', async () => {
    const person = await server.person({ [workspaceId]: 'viewer' });
    const ids = [await tell(person, 1), await tell(person, 2), await tell(person, 3)];
    const first = await list(person, '?limit=2');
    expect(first.notifications.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    expect(first.unread).toBe(3);
    expect(first.notifications[0]).toMatchObject({
      title: 'Fry saved Told of',
      body: '',
      tag: `document:${document.id}`,
      url: `/documents/${document.slug}`,
      document: { id: document.id, exists: true },
      actor: { id: fry.id },
      read: false,
    });
    const second = await list(person, `?limit=2&cursor=${first.nextCursor}`);
    expect(second.notifications.map(({ id }) => id)).toEqual([ids[0]]);
    expect(second.nextCursor).toBeNull();
    const bad = await person.api('GET', '/api/notifications?cursor=abc');
    expect([bad.status, bad.problem().code]).toEqual([400, 'INVALID_QUERY']);
  });

  it('tells every tab what is read, and counts the rest', async () => {
    const person = await server.person({ [workspaceId]: 'viewer' });
    const ids = [await tell(person, 1), await tell(person, 2), await tell(person, 3)];
    const tab = await server.socket(person.session);
    expect(await tab.ask('attention:set', { attention: 'active' })).toEqual({ unread: 3 });
    const some = await person.api('POST', '/api/notifications/read', { json: { ids: [ids[0]] } });
    expect(some.json()).toEqual({ unread: 2 });
    expect((await tab.next('notifications:read')).notificationIds).toEqual([ids[0]]);
    expect((await tab.next('notifications:unread')).unread).toBe(2);
    const again = await person.api('PATCH', `/api/notifications/${ids[0]}`, { json: { read: false } });
    expect(again.json()).toMatchObject({ id: ids[0], read: false });
    expect(await tab.next('notification:changed')).toMatchObject({ id: ids[0], read: false });
    await person.api('POST', '/api/notifications/read', { json: { all: true } });
    expect((await tab.next('notifications:read')).notificationIds).toBeNull();
    expect((await tab.next('notifications:unread', ({ unread }) => unread === 0)).unread).toBe(0);
    expect((await list(person, '?unread=true')).notifications).toEqual([]);
  });

  it('touches no notice of another person, and reads those of one document at once', async () => {
    const person = await server.person({ [workspaceId]: 'viewer' });
    const mine = await tell(person, 1);
    const refused = await leela.api('PATCH', `/api/notifications/${mine}`, { json: { read: true } });
    expect(refused.status).toBe(404);
    await leela.api('POST', '/api/notifications/read', { json: { ids: [mine] } });
    expect((await list(person)).unread).toBe(1);
    const read = await person.api('POST', '/api/notifications/read', { json: { documentId: document.id } });
    expect(read.json()).toEqual({ unread: 0 });
  });

  it('forgets the notices of a workspace with the membership, on open pages too', async () => {
    const person = await server.person({ [workspaceId]: 'viewer' });
    await tell(person, 1);
    const tab = await server.socket(person.session);
    expect(await tab.ask('attention:set', { attention: 'active' })).toEqual({ unread: 1 });
    const removed = await leela.api('DELETE', `/api/workspaces/${workspaceId}/members/${person.id}`);
    expect(removed.status).toBe(204);
    expect((await tab.next('notifications:removed')).workspaceId).toBe(workspaceId);
    expect((await tab.next('notifications:unread')).unread).toBe(0);
    expect(await list(person)).toEqual({ notifications: [], nextCursor: null, unread: 0 });
  });

  it('keeps rules of a workspace and of documents, and quiet hours', async () => {
    const person = await server.person({ [workspaceId]: 'viewer' });
    const rules = `/api/workspaces/${workspaceId}/notification-rules`;
    const rule = `/api/documents/${document.slug}/notification-rule`;
    expect((await person.api('GET', rule)).json()).toEqual({
      level: 'default',
      effective: 'default',
      involved: false,
    });
    expect((await fry.api('GET', rule)).json()).toMatchObject({ involved: true });
    const { types } = (await person.api('GET', rules)).json<{ types: Record<string, boolean> }>();
    const json = { level: 'mute', types: { ...types, saved: false } };
    expect((await person.api('PUT', rules, { json })).json()).toEqual({ ...json, documents: [] });
    expect((await person.api('GET', rule)).json()).toMatchObject({ level: 'default', effective: 'mute' });
    const watched = await person.api('PUT', rule, { json: { level: 'watch' } });
    expect(watched.json()).toMatchObject({ level: 'watch', effective: 'watch' });
    expect((await person.api('GET', rules)).json()).toMatchObject({
      documents: [{ id: document.id, title: 'Told of', level: 'watch' }],
    });
    const stranger = await server.person();
    expect((await stranger.api('GET', rule)).status).toBe(404);
    expect((await stranger.api('PUT', rules, { json })).status).toBe(404);

    const quiet = { quietHours: { from: '22:00', to: '07:30', timeZone: 'Europe/Berlin' } };
    const path = '/api/notifications/settings';
    expect((await person.api('PUT', path, { json: quiet })).json()).toEqual(quiet);
    for (const wrong of [
      { from: '24:00', to: '07:00', timeZone: 'UTC' },
      { from: '07:00', to: '07:00', timeZone: 'UTC' },
      { from: '22:00', to: '07:00', timeZone: 'Mars/Olympus' },
    ]) {
      const refused = await person.api('PUT', path, { json: { quietHours: wrong } });
      expect([refused.status, refused.problem().code]).toEqual([400, 'INVALID_BODY']);
    }
    expect((await person.api('GET', path)).json()).toEqual(quiet);
    await person.api('PUT', path, { json: { quietHours: null } });
    expect((await person.api('GET', path)).json()).toEqual({ quietHours: null });
  });

  it('ties a device to its session: renewed, replaced, taken over, and gone with the session', async () => {
    const person = await server.person({ [workspaceId]: 'viewer' });
    const subscribe = (who: TestPerson, endpoint: string, extra: object = {}) =>
      who.api('POST', '/api/push/subscriptions', {
        json: { endpoint, keys: KEYS, ...extra },
        headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
      });
    const devices = async (who: TestPerson): Promise<PushDevice[]> =>
      (await who.api('GET', '/api/push/subscriptions')).json<{ devices: PushDevice[] }>().devices;
    const stored = (endpoint: string) =>
      db.select().from(pushSubscriptions).where(eq(pushSubscriptions.endpoint, endpoint));

    const a = `https://push.example.org/${person.id}/a`;
    const b = `https://push.example.org/${person.id}/b`;
    const first = (await subscribe(person, a)).json<PushDevice>();
    expect(first).toMatchObject({ label: 'Firefox on Linux', current: true, lastSuccessAt: null });
    expect((await subscribe(person, a)).json<PushDevice>().id).toBe(first.id);
    expect((await subscribe(person, b, { replaces: a })).status).toBe(200);
    expect(await stored(a)).toEqual([]);
    expect(await devices(person)).toHaveLength(1);

    // Another person at the same computer has the same endpoint.
    const next = await server.person({ [workspaceId]: 'viewer' });
    expect((await subscribe(next, b)).status).toBe(200);
    expect(await devices(person)).toEqual([]);
    expect((await stored(b))[0]).toMatchObject({ userId: next.id });
    expect(
      (await person.api('DELETE', `/api/push/subscriptions/${(await devices(next))[0]?.id}`)).status,
    ).toBe(404);
    await next.api('POST', '/api/auth/logout');
    expect(await stored(b)).toEqual([]);

    await subscribe(person, a);
    const [device] = await devices(person);
    expect((await person.api('DELETE', `/api/push/subscriptions/${device?.id}`)).status).toBe(204);
    expect(await devices(person)).toEqual([]);
    expect((await person.api('GET', '/api/push/key')).json<{ publicKey: string }>().publicKey).toMatch(
      /^B[\w-]{86}$/,
    );
  });

  it.each([
    'http://push.example.org/a',
    'https://127.0.0.1/a',
    'https://[::1]/a',
    'https://[::ffff:10.0.0.1]/a',
    'https://169.254.169.254/latest',
    'https://localhost/a',
    'https://printer.local/a',
    'https://push.example.org:8443/a',
    'https://me:secret@push.example.org/a',
    'https://2130706433/a',
    'nonsense',
  ])('refuses %s as the address of a push service', async (endpoint) => {
    const refused = await leela.api('POST', '/api/push/subscriptions', { json: { endpoint, keys: KEYS } });
    expect([refused.status, refused.problem().code]).toEqual([400, 'INVALID_BODY']);
    expect(refused.text).toContain('endpoint');
    const kept = await db
      .select()
      .from(pushSubscriptions)
      .where(and(eq(pushSubscriptions.userId, leela.id), eq(pushSubscriptions.endpoint, endpoint)));
    expect(kept).toEqual([]);
  });
});
