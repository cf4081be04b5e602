import { startPostgres } from './postgres.mjs';
import { startRedis, startRedisCluster } from './redis.mjs';

/**
 * The servers that tests need, by the environment variable that tells the tests where one is. Each is
 * either given in that very variable or started for the run.
 * @type {Readonly<Record<string, () => Promise<import('./postgres.mjs').TestServer>>>}
 */
const SERVERS = {
  TEST_DATABASE_URL: startPostgres,
  TEST_REDIS_URL: startRedis,
  TEST_REDIS_CLUSTER_URL: startRedisCluster,
};

/**
 * Starts what the tests need.
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> }>}
 * @throws {import('./run.mjs').Explained} where one cannot be had; those started before it are ended
 */
export async function startServers() {
  /** @type {import('./postgres.mjs').TestServer[]} */
  const running = [];
  const stop = async () => {
    await Promise.all(running.map((server) => server.stop()));
  };
  /** @type {Record<string, string>} */
  const env = {};
  try {
    for (const [variable, start] of Object.entries(SERVERS)) {
      const server = await start();
      running.push(server);
      env[variable] = server.url;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { env, stop };
}
