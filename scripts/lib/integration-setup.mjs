import { startServers } from './test-servers.mjs';

/**
 * Vitest's global setup of the integration tests: `npx vitest` alone finds the same servers that
 * `npm test` hands in.
 * @returns {Promise<() => Promise<void>>}
 */
export default async function setup() {
  const { env, stop } = await startServers();
  Object.assign(process.env, env);
  return stop;
}
