import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startPostgres } from '../../../scripts/lib/postgres.mjs';

/** A database of the suite's own, in the server of `TEST_DATABASE_URL` or in one that is started. */
export async function startDatabase(): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = await startPostgres();
  const name = `doclight_chaos_${randomBytes(6).toString('hex')}`;
  try {
    await query(server.url, `create database ${name}`);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    stop: async () => {
      await query(server.url, `drop database ${name} with (force)`);
      await server.stop();
    },
  };
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
