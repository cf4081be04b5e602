import { type Database, schema } from '@doclight/db';
import type { Delivery, Document, Notice, NotificationList, PushDevice } from '@doclight/protocol';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestPushService, type TestPushService } from '../testing/push-service.js';
import { engines } from '../testing/test-database.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';
import type { TestSocket } from '../testing/test-socket.js';

const { documentEvents, jobs, memberships, notificationDeliveries, notifications } = schema;

describe.each(engines)('notices on %s', (engine) => {
  let push: TestPushService;
  let server: TestServer;
  let db: Database;
  let workspaceId: string;
  let author: TestPerson;
  let reader: TestPerson;
  let document: Document;

  beforeAll(async () => {
    push = await startTestPushService();
    server = await TestServer.start(engine, { environment: push.environment, demo: false });
    db = server.db;
  });
  beforeEach(async () => {
    // Everybody anew: what one test saves is no burst in the next one.
    workspaceId = await server.workspace();
    author = await server.person({ [workspaceId]: 'owner' }, 'Amy Wong');
    reader = await server.person({ [workspaceId]: 'editor' }, 'Kif');
    document = await server.document(author, workspaceId, 'Delivery');
    await settled();
  });
  afterEach(() => server.closeSockets());
  afterAll(async () => {
    await server?.close();
    expect(push.service.violations).toEqual([]);
    await push?.stop();
  });

  /** Waits until nobody is being told of anything any more. */
  const settled = () =>
    vi.waitFor(
      async () => {
        const open = await db.$count(
          jobs,
          sql`${jobs.kind} in ('notification.fan-out', 'notification.push') and ${jobs.runAt} <= now()`,
        );
        expect(open).toBe(0);
      },
      { timeout: 10_000, interval: 30 },
    );
  const save = async (who: TestPerson, change: Partial<Pick<Document, 'title' | 'text'>> = {}) => {
    const current = (await who.api('GET', `/api/documents/${document.id}`)).json<Document>();
    const { title, abstract, text } = current;
    const answer = await who.api('PUT', `/api/documents/${document.id}`, {
      json: { title, abstract, text: `${text} more`, ...change },
      headers: { 'if-match': `"${current.revision}"` },
    });
    expect(answer.status).toBe(200);
  };
  const subscribe = async (who: TestPerson): Promise<{ endpoint: string; device: PushDevice }> => {
    const subscription = push.service.subscribe();
    const answer = await who.api('POST', '/api/push/subscriptions', { json: subscription });
    expect(answer.status).toBe(200);
    return { endpoint: subscription.endpoint, device: answer.json<PushDevice>() };
  };
  const notices = async (who: TestPerson): Promise<Notice[]> =>
    (await who.api('GET', '/api/notifications')).json<NotificationList>().notifications;
  const titles = async (who: TestPerson) =>
    (await notices(who)).map(({ title, body }) => (body ? `${title} (${body})` : title));
  const deliveries = async (who: TestPerson): Promise<Delivery[]> =>
    (await who.api('GET', '/api/notifications/deliveries')).json<{ deliveries: Delivery[] }>().deliveries;
  const setLevel = (who: TestPerson, level: string, off: string[] = []) => {
    const types = ['saved', 'created', 'deleted', 'opened', 'mentioned', 'edit-requested'];
    return who.api('PUT', `/api/workspaces/${workspaceId}/notification-rules`, {
      json: { level, types: Object.fromEntries(types.map((type) => [type, !off.includes(type)])) },
    });
  };
  const tab = async (
    who: TestPerson,
    attention: 'active' | 'idle' | 'hidden',
    desktop = false,
  ): Promise<TestSocket> => {
    const socket = await server.socket(who.session);
    await socket.ask('attention:set', { attention, desktop });
    return socket;
  };

  it('pushes to whoever has no page open and has to do with the document, and to nobody else', async () => {
    const bystander = await server.person({ [workspaceId]: 'viewer' });
    const stranger = await server.person({ [await server.workspace()]: 'owner' });
    const [mine, his, theirs, strange] = await Promise.all(
      [author, reader, bystander, stranger].map(subscribe),
    );
    await save(reader);
    await push.service.until(() => push.service.to(mine?.endpoint ?? '').length === 1);
    await settled();
    const [payload] = push.payloads(mine?.endpoint ?? '');
    expect(payload).toMatchObject({
      userId: author.id,
      title: 'Kif saved Delivery',
      body: '',
      tag: `document:${document.id}`,
      url: `/documents/${document.slug}`,
      unread: 1,
    });
    expect(push.service.to(mine?.endpoint ?? '')[0]).toMatchObject({ ttl: 86_400, urgency: 'normal' });
    for (const one of [his, theirs, strange]) expect(push.service.to(one?.endpoint ?? '')).toEqual([]);
    expect((await notices(author))[0]?.id).toBe(payload?.notificationId);
    expect(await titles(bystander)).toEqual([]);
    // Who has edited it has to do with it from then on.
    await save(author);
    await push.service.until(() => push.service.to(his?.endpoint ?? '').length === 1);
    expect(await deliveries(reader)).toMatchObject([
      { way: 'push', state: 'delivered', reason: null, attempts: 1, device: { id: his?.device.id } },
    ]);
    const metrics = (await server.api()('GET', '/metrics')).text;
    expect(metrics).toMatch(/^doclight_notifications_told_total\{way="push"\} [1-9]/m);
    expect(metrics).toMatch(/^doclight_push_settled_total\{state="delivered",reason="none"\} [1-9]/m);
    expect(metrics).toMatch(/^doclight_push_devices [1-9]/m);
    expect((await author.api('GET', '/api/push/subscriptions')).json()).toMatchObject({
      devices: [{ lastSuccessAt: expect.any(String), lastFailureAt: null }],
    });
  });

  it('folds the saves of one person to one document, and no others', async () => {
    const other = await server.person({ [workspaceId]: 'editor' }, 'Zoidberg');
    const { endpoint } = await subscribe(author);
    for (let i = 0; i < 3; i += 1) {
      await save(reader);
      await settled();
    }
    await save(other);
    await settled();
    expect(await titles(author)).toEqual([
      'Zoidberg saved Delivery',
      'Kif saved Delivery (3 times within 10 minutes)',
    ]);
    const sent = push.payloads(endpoint);
    expect(sent.map(({ body }) => body)).toEqual([
      '',
      '2 times within 10 minutes',
      '3 times within 10 minutes',
      '',
    ]);
    expect(new Set(sent.map(({ tag }) => tag)).size).toBe(1);
    expect(new Set(push.service.to(endpoint).map(({ topic }) => topic)).size).toBe(1);
    // One that was read counts on, and is unread again; after ten minutes there is a new one.
    await author.api('POST', '/api/notifications/read', { json: { all: true } });
    await save(reader);
    await settled();
    expect((await notices(author))[0]).toMatchObject({ count: 4, read: false });
    await db
      .update(notifications)
      .set({ createdAt: sql`${notifications.createdAt} - interval '11 minutes'` })
      .where(eq(notifications.userId, author.id));
    await save(reader);
    await settled();
    expect((await notices(author)).map(({ count }) => count)).toEqual([1, 4, 1]);
  });

  it('decides by where a person is: in the document, at another page, hidden, or gone', async () => {
    const { endpoint } = await subscribe(author);
    const onPage = await tab(author, 'active', true);
    await onPage.ask('presence:set', { documentId: document.id, phase: 'read' });
    await save(reader);
    await settled();
    expect(await titles(author)).toEqual([]);

    // At another page: one toast, in the tab that is looked at.
    await onPage.ask('presence:clear', { documentId: document.id });
    const behind = await tab(author, 'hidden', true);
    await save(reader);
    const toast = await onPage.next('notification:show');
    expect(toast).toMatchObject({ way: 'toast', notification: { title: 'Kif saved Delivery', count: 1 } });
    expect(await behind.next('notification:changed')).toMatchObject({
      id: toast.notification.id,
      read: false,
    });
    expect(await behind.next('notifications:unread')).toEqual({ unread: 1 });
    expect(await onPage.ask('notification:claim', { offerId: toast.offerId })).toEqual({ show: true });
    expect(await behind.ask('notification:claim', { offerId: toast.offerId })).toEqual({ show: false });

    // Its page open, but not looked at: hidden like any other.
    await onPage.ask('presence:set', { documentId: document.id, phase: 'read', attention: 'hidden' });
    await onPage.ask('attention:set', { attention: 'hidden' });
    await save(reader);
    const shows = () => [...onPage.all('notification:show'), ...behind.all('notification:show')];
    await vi.waitFor(() => expect(shows()).toHaveLength(2));
    const desktop = shows().find(({ way }) => way === 'desktop');
    expect(desktop?.notification).toMatchObject({ id: toast.notification.id, count: 2 });
    const stranger = await tab(reader, 'active');
    expect(await stranger.ask('notification:claim', { offerId: desktop?.offerId ?? '' })).toEqual({
      show: false,
    });
    expect(await behind.ask('notification:claim', { offerId: desktop?.offerId ?? '' })).toEqual({
      show: true,
    });
    expect(push.service.to(endpoint)).toEqual([]);

    // Hidden, and no page may notify: pushed.
    for (const one of [onPage, behind])
      await one.ask('attention:set', { attention: 'hidden', desktop: false });
    await save(reader);
    await push.service.until(() => push.service.to(endpoint).length === 1);
    expect(shows()).toHaveLength(2);
    expect((await deliveries(author)).map(({ way, state }) => `${way} ${state}`)).toEqual([
      'push delivered',
      'desktop delivered',
      'toast delivered',
    ]);
  });

  it('pushes what no tab has claimed in time, once', async () => {
    const { endpoint } = await subscribe(author);
    const asleep = await tab(author, 'hidden', true);
    await save(reader);
    const { offerId } = await asleep.next('notification:show');
    await push.service.until(() => push.service.to(endpoint).length === 1, 15_000);
    expect(await asleep.ask('notification:claim', { offerId })).toEqual({ show: false });
    expect((await deliveries(author)).map(({ way, state, reason }) => [way, state, reason])).toEqual([
      ['push', 'delivered', null],
      ['desktop', 'dropped', 'not-shown'],
    ]);
  });

  it('heeds what people have set: watch, mute, types, quiet hours', async () => {
    const watcher = await server.person({ [workspaceId]: 'viewer' }, 'Watcher');
    const picky = await server.person({ [workspaceId]: 'viewer' }, 'Picky');
    await setLevel(watcher, 'watch');
    await setLevel(picky, 'watch', ['saved']);
    await setLevel(author, 'mute');
    await save(reader);
    await settled();
    expect(await titles(watcher)).toEqual(['Kif saved Delivery']);
    expect(await titles(picky)).toEqual([]);
    expect(await titles(author)).toEqual([]);
    // The document’s own rule goes before the workspace’s.
    await author.api('PUT', `/api/documents/${document.id}/notification-rule`, { json: { level: 'watch' } });
    await watcher.api('PUT', `/api/documents/${document.id}/notification-rule`, { json: { level: 'mute' } });
    await save(reader);
    await settled();
    expect(await titles(author)).toEqual(['Kif saved Delivery']);
    expect((await notices(watcher))[0]?.count).toBe(1);

    const { endpoint } = await subscribe(author);
    const now = new Date();
    const clock = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString().slice(11, 16);
    const quietHours = { from: clock(-60), to: clock(60), timeZone: 'UTC' };
    await author.api('PUT', '/api/notifications/settings', { json: { quietHours } });
    await save(reader);
    await settled();
    expect((await notices(author))[0]?.count).toBe(2);
    expect(push.service.to(endpoint)).toEqual([]);
    expect((await deliveries(author))[0]).toMatchObject({
      way: 'centre',
      state: 'dropped',
      reason: 'quiet-hours',
    });
  });

  it('tells of new documents, of mentions instead of saves, and of what is gone', async () => {
    await setLevel(reader, 'watch');
    const made = await server.document(author, workspaceId, 'Brand new');
    await settled();
    expect(await titles(reader)).toEqual(['Amy Wong created Brand new']);
    await save(author, { text: 'Ask @kif, not kif@example.org or `@kif`.' });
    await settled();
    await save(author, { text: 'Ask @kif, not kif@example.org or `@kif`. Soon.' });
    await settled();
    expect((await titles(reader)).slice(0, 2)).toEqual([
      'Amy Wong saved Delivery',
      'Amy Wong mentioned you in Delivery',
    ]);
    await author.api('DELETE', `/api/documents/${document.id}`);
    await settled();
    const [gone, ...older] = await notices(reader);
    expect(gone).toMatchObject({ title: 'Amy Wong deleted Delivery', url: '/', read: false });
    expect(gone?.document).toMatchObject({ id: document.id, exists: false });
    const others = older.filter((notice) => notice.document?.id === document.id);
    expect(others.map(({ read, url }) => [read, url])).toEqual([
      [true, '/'],
      [true, '/'],
    ]);
    expect(older.at(-1)).toMatchObject({ document: { id: made.id, exists: true }, read: false });
  });

  it('tells of an import, by whatever way, as one thing', async () => {
    await setLevel(reader, 'watch');
    const { endpoint } = await subscribe(reader);
    const insert = (from: number, to: number) =>
      db.execute(sql`
        insert into documents (workspace_id, author_id, title, text)
        select ${workspaceId}, ${author.id}, 'File ' || n, 'Ask @Kif' from generate_series(${from}::int, ${to}::int) n`);
    await insert(1, 500);
    await insert(501, 1_000);
    await settled();
    expect(await titles(reader)).toEqual(['Amy Wong created 1,000 documents']);
    expect(push.service.to(endpoint).length).toBeLessThanOrEqual(2);
    await db.execute(sql`delete from documents where workspace_id = ${workspaceId} and title like 'File %'`);
    await settled();
    expect((await titles(reader))[0]).toBe('Amy Wong deleted 1,000 documents');
  });

  it('tells nothing to whoever has lost access or signed out since it was decided', async () => {
    const leaving = await subscribe(author);
    const quitting = await subscribe(reader);
    await setLevel(reader, 'watch');
    const other = await server.person({ [workspaceId]: 'editor' }, 'Zoidberg');
    for (const { endpoint } of [leaving, quitting])
      push.service.next(endpoint, { status: 503, headers: { 'retry-after': '1' } });
    const before = push.service.requests;
    await save(other);
    await push.service.until(() => push.service.requests === before + 2);
    await db
      .delete(memberships)
      .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, author.id)));
    await reader.api('POST', '/api/auth/logout');
    await vi.waitFor(async () => expect(await db.$count(jobs)).toBe(0), { timeout: 10_000 });
    expect(push.service.to(leaving.endpoint)).toEqual([]);
    expect(push.service.to(quitting.endpoint)).toEqual([]);
    expect(await notices(author)).toEqual([]);
    const left = await db
      .select()
      .from(notificationDeliveries)
      .where(eq(notificationDeliveries.userId, reader.id));
    expect(left).toMatchObject([{ state: 'dropped', reason: 'device-removed' }]);
  });

  it('does what push services answer: removes what is gone, waits where asked, gives up what is refused', async () => {
    const people = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const person = await server.person({ [workspaceId]: 'viewer' });
        await setLevel(person, 'watch');
        return { person, ...(await subscribe(person)) };
      }),
    );
    const [gone, busy, broken, refused] = people;
    if (!gone || !busy || !broken || !refused) throw new Error('four were made');
    push.service.always(gone.endpoint, { status: 410 });
    push.service.next(broken.endpoint, { status: 500 });
    push.service.always(refused.endpoint, { status: 403 });
    push.service.next(busy.endpoint, { status: 429, headers: { 'retry-after': '3' } });
    const at = Date.now();
    await save(reader);
    await push.service.until(() => push.service.to(busy.endpoint).length === 1, 15_000);
    expect((push.service.to(busy.endpoint)[0]?.at ?? 0) - at).toBeGreaterThanOrEqual(2_900);
    await push.service.until(() => push.service.to(broken.endpoint).length === 1, 15_000);
    await vi.waitFor(async () => {
      const [last] = await deliveries(broken.person);
      expect(last).toMatchObject({ state: 'delivered', attempts: 2 });
    });
    expect((await gone.person.api('GET', '/api/push/subscriptions')).json()).toEqual({ devices: [] });
    expect(await deliveries(gone.person)).toMatchObject([{ state: 'dropped', reason: 'device-gone' }]);
    expect(await deliveries(refused.person)).toMatchObject([
      { state: 'dropped', reason: 'refused', attempts: 1 },
    ]);
    expect((await refused.person.api('GET', '/api/push/subscriptions')).json()).toMatchObject({
      devices: [{ lastFailure: 'refused' }],
    });
    const test = (who: TestPerson, id: string) => who.api('POST', `/api/push/subscriptions/${id}/test`);
    expect((await test(refused.person, refused.device.id)).json()).toEqual({
      delivered: false,
      reason: 'refused',
    });
    expect((await test(busy.person, busy.device.id)).json()).toEqual({ delivered: true, reason: null });
    expect((await test(busy.person, busy.device.id)).status).toBe(429);
    expect((await test(busy.person, broken.device.id)).status).toBe(404);
    expect(push.payloads(busy.endpoint).at(-1)).toMatchObject({
      notificationId: null,
      title: 'Notifications work',
    });
  });

  it('tells who edits and does not look that somebody came in, and that somebody asks', async () => {
    const editing = await tab(author, 'active', true);
    await editing.ask('presence:set', { documentId: document.id, phase: 'edit' });
    const coming = await server.socket(reader.session);
    await coming.ask('presence:set', { documentId: document.id, phase: 'read' });
    await coming.ask('presence:clear', { documentId: document.id });
    // The author looked on; the next time they do not.
    await editing.ask('presence:set', { documentId: document.id, phase: 'edit', attention: 'hidden' });
    await editing.ask('attention:set', { attention: 'hidden' });
    await coming.ask('presence:set', { documentId: document.id, phase: 'read' });
    expect(await editing.next('notification:show')).toMatchObject({
      way: 'desktop',
      notification: { title: 'Kif opened Delivery', body: 'You are editing it', count: 1 },
    });
    await coming.ask('edit:ask', { documentId: document.id });
    expect(await editing.next('notification:show')).toMatchObject({
      way: 'desktop',
      notification: { title: 'Kif asks to edit Delivery', url: `/documents/${document.slug}/edit` },
    });
    expect(await titles(author)).toEqual([
      'Kif asks to edit Delivery',
      'Kif opened Delivery (You are editing it)',
    ]);
    expect(await titles(reader)).toEqual([]);
  });

  it('asks to tell of a change in its very transaction', async () => {
    await db
      .transaction(async (tx) => {
        await tx.execute(sql`update documents set title = 'Never' where id = ${document.id}`);
        const [event] = await tx
          .select()
          .from(documentEvents)
          .where(and(eq(documentEvents.documentId, document.id), eq(documentEvents.title, 'Never')));
        const [job] = await tx.select().from(jobs).where(eq(jobs.kind, 'notification.fan-out'));
        expect(job?.payload).toMatchObject({ xid: event?.xid, workspaceId, type: 'saved' });
        tx.rollback();
      })
      .catch(() => {});
    await settled();
    expect(await titles(author)).toEqual([]);
  });
});
