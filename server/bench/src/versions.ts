import { createRequire } from 'node:module';
import pg from 'pg';
import { createClient } from 'redis';
import { startOwnRedis } from '../../../scripts/lib/redis.mjs';

const require = createRequire(import.meta.url);

/** The versions of what is measured, as installed and as running. */
export async function describeVersions(postgresUrl: string): Promise<Record<string, string>> {
  return {
    Node: process.version.slice(1),
    'Socket.IO': versionOf('socket.io'),
    ws: versionOf('ws'),
    Redis: await redisVersion(),
    PostgreSQL: await postgresVersion(postgresUrl),
  };
}

function versionOf(name: string): string {
  return (require(`${name}/package.json`) as { version: string }).version;
}

/** Of a server started as the cases start theirs. */
async function redisVersion(): Promise<string> {
  const redis = await startOwnRedis();
  const client = createClient({ url: `redis://127.0.0.1:${redis.port}` });
  try {
    await client.connect();
    return /^redis_version:(\S+)/m.exec(await client.info('server'))?.[1] ?? 'unknown';
  } finally {
    client.destroy();
    await redis.stop();
  }
}

async function postgresVersion(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version.split(' ')[0] ?? 'unknown';
  } finally {
    await client.end();
  }
}
