import { startPostgres } from './postgres.mjs';

/**
 * Vitest's global setup of the integration tests: `npx vitest` alone finds the same server that
 * `npm test` hands in.
 * @returns {Promise<() => Promise<void>>}
 */
export default async function setup() {
  const postgres = await startPostgres();
  process.env.TEST_DATABASE_URL = postgres.url;
  return postgres.stop;
}
