import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** What a test server keeps its data in: in this process, or in a database of its own on a real server. */
export type Engine = 'pglite' | 'postgres';

/** Both engines, for `describe.each`. */
export const engines: readonly Engine[] = ['pglite', 'postgres'];

/** An empty PostgreSQL database, and the way to be rid of it. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * Makes a database in the server of `TEST_DATABASE_URL`, which the global setup of the integration
 * tests provides.
 * @throws Error where it is not set: a suite that cannot run must fail
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env.TEST_DATABASE_URL;
  if (!serverUrl)
    throw new Error('TEST_DATABASE_URL is not set: run `npm test`, or vitest with its own setup.');
  const name = `doclight_test_${randomBytes(6).toString('hex')}`;
  await administer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(serverUrl, `drop database ${name} with (force)`) };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
