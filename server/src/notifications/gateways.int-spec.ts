import { schema } from '@doclight/db';
import type { Document } from '@doclight/protocol';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiClient } from '../testing/api-client.js';
import { startTestPushService, type TestPushService } from '../testing/push-service.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';
import { TestSocket } from '../testing/test-socket.js';

const { jobs } = schema;

/** One installation of two gateways: the second one on the database and the Redis of the first. */
let push: TestPushService;
let a: TestServer;
let b: TestServer;
let workspaceId: string;
let author: TestPerson;
let reader: TestPerson;
const sockets: TestSocket[] = [];

beforeAll(async () => {
  const redis = process.env.TEST_REDIS_URL;
  if (!redis) throw new Error('TEST_REDIS_URL is not set: run `npm test`, or vitest with its own setup.');
  push = await startTestPushService();
  const environment = { REDIS_URL: redis, ...push.environment };
  a = await TestServer.start('postgres', { environment, demo: false });
  b = await TestServer.start('postgres', {
    environment: { ...environment, DATABASE_URL: a.databaseUrl ?? '' },
    demo: false,
  });
  workspaceId = await a.workspace();
  author = await a.person({ [workspaceId]: 'owner' }, 'Amy Wong');
  reader = await a.person({ [workspaceId]: 'editor' }, 'Kif');
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await b?.close();
  await a?.close();
  await push?.stop();
});

const tab = async (server: TestServer, attention: 'active' | 'hidden', desktop: boolean) => {
  const socket = await TestSocket.open(server.url, author.session, {});
  sockets.push(socket);
  await socket.ask('attention:set', { attention, desktop });
  return socket;
};

it('knows over all gateways where a person is, shows it in one tab, and tells the centre of every one', async () => {
  const document = await a.document(author, workspaceId, 'Delivery');
  const subscription = push.service.subscribe();
  await author.api('POST', '/api/push/subscriptions', { json: subscription });
  const onA = await tab(a, 'hidden', true);
  const onB = await tab(b, 'active', true);
  let revision = 1;
  const save = async (server: TestServer) => {
    const answer = await apiClient(server.url, reader.session)('PUT', `/api/documents/${document.id}`, {
      json: { title: 'Delivery', abstract: '', text: `Text ${revision}` },
      headers: { 'if-match': `"${revision}"` },
    });
    revision = answer.json<Document>().revision;
  };

  // Whichever gateway does the job: the toast is for the tab that is looked at, on the other one.
  await save(a);
  const toast = await onB.next('notification:show');
  expect(toast).toMatchObject({ way: 'toast', notification: { title: 'Kif saved Delivery', count: 1 } });
  expect(await onB.ask('notification:claim', { offerId: toast.offerId })).toEqual({ show: true });
  expect(await onA.next('notifications:unread')).toEqual({ unread: 1 });
  expect(await onA.next('notification:changed')).toMatchObject({ id: toast.notification.id });
  expect(onA.all('notification:show')).toEqual([]);

  // Hidden on both: each gateway offers it to one tab, and one of those shows it.
  await onB.ask('attention:set', { attention: 'hidden' });
  await save(b);
  const [fromA, fromB] = await Promise.all([onA.next('notification:show'), onB.next('notification:show')]);
  expect([fromA.way, fromB.way, fromA.offerId]).toEqual(['desktop', 'desktop', fromB.offerId]);
  const claims = await Promise.all([
    onA.ask('notification:claim', { offerId: fromA.offerId }),
    onB.ask('notification:claim', { offerId: fromB.offerId }),
  ]);
  expect(claims.filter(({ show }) => show)).toHaveLength(1);

  // In the document on one, and looking: nothing, whoever does the job.
  await onB.ask('attention:set', { attention: 'active' });
  await onB.ask('presence:set', { documentId: document.id, phase: 'read', attention: 'active' });
  for (const server of [a, b, a, b]) await save(server);
  const open = () => a.db.$count(jobs, eq(jobs.kind, 'notification.fan-out'));
  await expect.poll(open, { timeout: 10_000 }).toBe(0);
  // What is read on one gateway is read on the other.
  await apiClient(a.url, author.session)('POST', '/api/notifications/read', { json: { all: true } });
  expect((await onB.next('notifications:read')).notificationIds).toBeNull();
  await onB.next('notifications:unread', ({ unread }) => unread === 0);
  expect([...onA.all('notification:show'), ...onB.all('notification:show')]).toHaveLength(3);
  expect(push.service.to(subscription.endpoint)).toEqual([]);
  expect(push.service.violations).toEqual([]);
});
