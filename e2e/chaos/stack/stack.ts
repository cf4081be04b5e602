import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startNginx } from '../../../scripts/lib/nginx.mjs';
import { root } from '../../../scripts/lib/paths.mjs';
import { freePort } from '../../../scripts/lib/postgres.mjs';
import { startDatabase } from './database.js';
import { Gateway } from './gateway.js';
import { RedisServer } from './redis-server.js';
import type { Identity } from './rest.js';
import { TcpProxy } from './tcp-proxy.js';

const GATEWAYS = ['A', 'B', 'C'];

/** Everything that an installation with several gateways consists of, each part to be broken. */
export interface Stack {
  /** Where people go: the proxy before all gateways. */
  readonly url: string;
  readonly gateways: readonly Gateway[];
  readonly redis: RedisServer;
  /** The wire between Redis and the first gateway. */
  readonly wire: TcpProxy;
  restartProxy(): Promise<void>;
  /** Makes people with a session each, editors all. */
  mint(count: number): Promise<Identity[]>;
  stop(): Promise<void>;
}

/**
 * Starts it all. What was started is ended where something fails.
 * @throws Error or Explained, saying what could not be had
 */
export async function startStack(): Promise<Stack> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const database = await startDatabase();
    stops.push(database.stop);
    const redis = await RedisServer.start();
    stops.push(() => redis.kill());
    const wire = await TcpProxy.start(redis.port);
    stops.push(() => wire.stop());
    const dataDir = mkdtempSync(join(tmpdir(), 'doclight-chaos-'));
    stops.push(async () => rmSync(dataDir, { recursive: true, force: true }));

    const ports: number[] = [];
    for (const _ of GATEWAYS) ports.push(await freePort());
    const proxy = await startNginx(ports);
    stops.push(proxy.stop);
    const env = {
      HOST: '127.0.0.1',
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      PUBLIC_URL: proxy.url,
      TRUST_PROXY: '1',
      DEMO: 'true',
      LOG_LEVEL: 'info',
    };
    const gateways = GATEWAYS.map((name, i) => {
      const redisPort = i === 0 ? wire.port : redis.port;
      return new Gateway(name, ports[i] ?? 0, { ...env, REDIS_URL: `redis://127.0.0.1:${redisPort}` });
    });
    stops.push(async () => {
      await Promise.all(gateways.map((gateway) => gateway.kill()));
    });
    // The first one migrates and makes the workspace.
    await gateways[0]?.start();
    await Promise.all(gateways.slice(1).map((gateway) => gateway.start()));
    return {
      url: proxy.url,
      gateways,
      redis,
      wire,
      restartProxy: proxy.restart,
      mint: (count) => mint(count, env),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Makes people with a session each, editors all, by the command for operators. */
export async function mint(count: number, env: Readonly<Record<string, string>>): Promise<Identity[]> {
  const args = ['server/dist/cli.js', 'accounts', 'sessions', '--count', String(count)];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Identity);
}
