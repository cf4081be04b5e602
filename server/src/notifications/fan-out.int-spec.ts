import { createHash, randomBytes } from 'node:crypto';
import type { Document } from '@doclight/protocol';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Api, apiClient } from '../testing/api-client.js';
import { startTestPushService, type TestPushService } from '../testing/push-service.js';
import { buildServer, ServerProcess } from '../testing/server-process.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';

const SUBSCRIBERS = 10_000;
const TOKEN = randomBytes(32).toString('base64url');

let push: TestPushService;
let database: TestDatabase;
let db: pg.Client;
let server: ServerProcess;

beforeAll(async () => {
  await buildServer();
  push = await startTestPushService();
  database = await createTestDatabase();
  server = await start();
  db = new pg.Client({ connectionString: database.url });
  await db.connect();
}, 120_000);
afterAll(async () => {
  await server?.kill();
  await db?.end();
  await database?.drop();
  await push?.stop();
});

const start = () => ServerProcess.start({ DATABASE_URL: database.url, ...push.environment });

/** An author with a session in a workspace, and so many members, each with a device. */
async function people(
  endpoints: readonly { endpoint: string; p256dh: string; auth: string }[],
): Promise<string> {
  const { rows } = await db.query("insert into workspaces (slug, name) values ('big', 'Big') returning id");
  const workspaceId: string = rows[0].id;
  await db.query(
    `with given as (select * from jsonb_to_recordset($1::jsonb) as given(endpoint text, p256dh text, auth text)),
       people as (insert into users (id, email, name, color)
         select md5(endpoint), md5(endpoint) || '@doclight.test', 'Reader', '#1d4ed8' from given),
       members as (insert into memberships (workspace_id, user_id, role) select $2, md5(endpoint), 'viewer' from given),
       sessions as (insert into sessions (id, user_id, expires_at)
         select md5(endpoint), md5(endpoint), now() + interval '1 day' from given)
     insert into push_subscriptions (user_id, session_id, endpoint, p256dh, auth, label)
       select md5(endpoint), md5(endpoint), endpoint, p256dh, auth, 'Test' from given`,
    [JSON.stringify(endpoints), workspaceId],
  );
  await db.query(
    "insert into users (id, email, name, color) values ('author', 'author@doclight.test', 'Amy', '#1d4ed8')",
  );
  await db.query("insert into memberships (workspace_id, user_id, role) values ($1, 'author', 'owner')", [
    workspaceId,
  ]);
  await db.query(
    "insert into sessions (id, user_id, expires_at) values ($1, 'author', now() + interval '1 day')",
    [createHash('sha256').update(TOKEN).digest('hex')],
  );
  return workspaceId;
}

/** Saves a document. @returns how long that took, in milliseconds */
async function save(api: Api, document: Document, revision: number): Promise<number> {
  const began = performance.now();
  const answer = await api('PUT', `/api/documents/${document.id}`, {
    json: { title: document.title, abstract: '', text: `Text ${revision}` },
    headers: { 'if-match': `"${revision}"` },
  });
  expect(answer.status).toBe(200);
  return performance.now() - began;
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

it('reaches 10,000 subscribers, each once, at most twice where a kill fell between sending and noting it', async () => {
  const subscriptions = Array.from({ length: SUBSCRIBERS }, () => push.service.subscribe());
  const workspaceId = await people(subscriptions.map(({ endpoint, keys }) => ({ endpoint, ...keys })));
  const api = apiClient(server.url, TOKEN);
  const make = async (title: string) =>
    (await api('POST', `/api/workspaces/${workspaceId}/documents`, { json: { title } })).json<Document>();
  const alone = await make('Watched by nobody');
  const watched = await make('Watched by all');
  const drained = async () =>
    (await db.query("select 1 from jobs where kind like 'notification.%' limit 1")).rowCount === 0;
  // Or they would be told of its creation as well.
  await expect.poll(drained, { timeout: 60_000 }).toBe(true);
  await db.query(
    `insert into document_rules (workspace_id, user_id, document_id, level)
       select workspace_id, user_id, $1, 'watch' from memberships`,
    [watched.id],
  );
  const quiet: number[] = [];
  for (let revision = 1; revision <= 20; revision += 1) quiet.push(await save(api, alone, revision));

  const { service } = push;
  const began = Date.now();
  const first = await save(api, watched, 1);
  const busy: number[] = [];
  await service.until(() => service.received.length > 0, 60_000);
  for (let revision = 21; revision <= 40; revision += 1) busy.push(await save(api, alone, revision));
  await service.until(() => service.received.length >= SUBSCRIBERS / 4, 120_000);
  const memory = await server.peakMemory();
  const atKill = service.received.length;
  await server.kill();
  expect(atKill).toBeLessThan(SUBSCRIBERS);
  // What 20 s without a sign of the dead one would do.
  await db.query("update jobs set lease_until = now() - interval '1 second' where state = 'running'");
  server = await start();
  const reached = () => new Set(service.received.map(({ endpoint }) => endpoint)).size;
  await expect.poll(drained, { timeout: 200_000, interval: 500 }).toBe(true);

  expect(reached()).toBe(SUBSCRIBERS);
  const times = new Map<string, number>();
  for (const { endpoint } of service.received) times.set(endpoint, (times.get(endpoint) ?? 0) + 1);
  const twice = [...times.values()].filter((count) => count === 2).length;
  console.log(
    `${SUBSCRIBERS} subscribers: ${service.received.length} pushes in ${((Date.now() - began) / 1000).toFixed(1)} s, ` +
      `killed after ${atKill}, ${twice} reached twice; at most ${service.mostAtOnce} at once, ${memory} MiB; ` +
      `saving ${median(quiet).toFixed(1)} ms before, ${first.toFixed(1)} ms the one, ${median(busy).toFixed(1)} ms beside it`,
  );
  expect(Math.max(...times.values())).toBeLessThanOrEqual(2);
  // Those under way and those that were sent and not noted yet, in four jobs.
  expect(twice).toBeLessThanOrEqual(4 * (8 + 16));
  expect(service.mostAtOnce).toBeLessThanOrEqual(2 * 32);
  expect(service.violations).toEqual([]);
  // The save waits for none of it; a busy machine is given room.
  expect(first).toBeLessThan(Math.max(500, median(quiet) * 5));
  expect(median(busy)).toBeLessThan(Math.max(500, median(quiet) * 5));
  const { rows } = await db.query(
    `select (select count(*) from notifications where count = 1)::int as notices,
         (select count(*) from notification_deliveries where state = 'delivered')::int as delivered,
         (select count(*) from notification_deliveries where state <> 'delivered')::int as others`,
  );
  expect(rows).toEqual([{ notices: SUBSCRIBERS, delivered: SUBSCRIBERS, others: 0 }]);
}, 300_000);
