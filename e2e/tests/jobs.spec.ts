import { Buffer } from 'node:buffer';
import { SESSION_COOKIE } from '@doclight/protocol';
import pg from 'pg';
import { startDatabase } from '../chaos/stack/database.js';
import { LEELA, openSession } from '../support/accounts.js';
import { openApi } from '../support/api.js';
import type { Product } from '../support/product.js';
import { expect, test } from '../support/test.js';

/** A red square of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

async function setImage(product: Product, documentId: string): Promise<void> {
  const answer = await fetch(`${product.url}/api/documents/${documentId}/image`, {
    method: 'PUT',
    headers: {
      cookie: `${SESSION_COOKIE}=${await openSession(product, LEELA)}`,
      origin: product.url,
      'content-type': 'image/png',
      'if-match': '"1"',
    },
    body: PNG,
  });
  expect(answer.status).toBe(200);
}

test('work goes on where a server was killed in the middle of it', async ({ startFresh }) => {
  test.setTimeout(240_000);
  const database = await startDatabase();
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    return client;
  };
  const [lock, look] = [await connect(), await connect()];
  const jobs = async (): Promise<unknown[]> =>
    (await look.query('select state, attempts from jobs where kind = $1', ['thumbnails.make'])).rows;
  const env = { DATABASE_URL: database.url, DEMO: 'true' };
  try {
    const killed = await startFresh({ env });
    const document = await (await openApi(killed, LEELA)).create({ title: 'Interrupted' });
    // The job cannot end: its last step waits for this lock.
    await lock.query('begin');
    await lock.query('lock table thumbnails in exclusive mode');
    await setImage(killed, document.id);
    await expect.poll(jobs).toEqual([{ state: 'running', attempts: 1 }]);
    process.kill(killed.pid, 'SIGKILL');
    await lock.query('rollback');

    const next = await startFresh({ env });
    const api = await openApi(next, LEELA);
    expect((await api.read(document.id)).thumbnails).toEqual([]);
    expect(await jobs()).toEqual([{ state: 'running', attempts: 1 }]);
    // As if the lease of the one that was killed had lapsed by now.
    await look.query('update jobs set lease_until = now()');
    await expect.poll(async () => (await api.read(document.id)).thumbnails.length).toBe(1);
    await expect.poll(jobs).toEqual([]);
    const metrics = await (await fetch(`${next.url}/metrics`)).text();
    expect(metrics).toContain(
      'doclight_jobs_duration_seconds_count{kind="thumbnails.make",outcome="done"} 1\n',
    );
    await next.stop();
  } finally {
    await Promise.all([lock.end(), look.end()]);
    await database.stop();
  }
});

test('work that waited goes on at the next start with the embedded database', async ({ startFresh }) => {
  test.setTimeout(240_000);
  const product = await startFresh();
  const api = await openApi(product, LEELA);
  const documents = await Promise.all(['A', 'B', 'C', 'D'].map((title) => api.create({ title })));
  await Promise.all(documents.map(({ id }) => setImage(product, id)));
  process.kill(product.pid, 'SIGKILL');
  const again = await startFresh({ dataDir: product.dataDir });
  const afterwards = await openApi(again, LEELA);
  for (const { id } of documents) {
    await expect.poll(async () => (await afterwards.read(id)).thumbnails.length).toBe(1);
  }
});
