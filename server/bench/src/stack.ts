import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { root } from '../../../scripts/lib/paths.mjs';
import { startOwnRedis } from '../../../scripts/lib/redis.mjs';
import { atRest, type Cores, environment } from './machine.js';
import { type Measured, startDoclight } from './processes.js';

/** A person of a load: who they are, and the header by which the server knows them. */
export interface Identity {
  readonly userId: string;
  readonly cookie: string;
}

/** Limits are for people; a load is not one. */
const NO_LIMITS = {
  LIMIT_SOCKET_EVENTS_PER_SECOND: '0',
  LIMIT_SOCKETS_PER_PERSON: '0',
  LIMIT_DOCUMENTS_PER_SOCKET: '0',
};

/** As many that it takes the gateways a moment to hear of them. */
const MANY_DOCUMENTS = 1_000;
/** In one transaction: one of all 100,000 takes longer than ten of these. */
const DOCUMENTS_AT_ONCE = 10_000;

export interface StackOptions {
  /** `postgres`, or embedded in the server. */
  readonly database: 'postgres' | 'embedded';
  /** Presence in Redis, or in the server's memory. */
  readonly redis: boolean;
  readonly gateways?: number;
}

/** Doclight with all that it needs, of one case alone. */
export interface Stack {
  readonly gateways: readonly Measured[];
  /** Starts one more, which `gateways` then has as well. */
  addGateway(): Promise<void>;
  readonly redisPort: number | null;
  readonly workspaceId: string;
  /** Makes people who are signed in, editors all. */
  mint(count: number): Promise<Identity[]>;
  /** Adds documents to the workspace, waits until the gateways have dealt with them, and answers with their ids. */
  addDocuments(count: number): Promise<string[]>;
  query<T extends pg.QueryResultRow>(text: string): Promise<T[]>;
  stop(): Promise<void>;
}

/**
 * Starts it all. What was started is ended where something fails.
 * @param postgresUrl a server in which databases may be made
 */
export async function startStack(options: StackOptions, postgresUrl: string, cores: Cores): Promise<Stack> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const dataDir = mkdtempSync(join(tmpdir(), 'doclight-bench-'));
    stops.push(async () => rmSync(dataDir, { recursive: true, force: true }));
    const env: Record<string, string> = { ...NO_LIMITS, DATA_DIR: dataDir, DEMO: 'true' };
    if (options.database === 'postgres') {
      const database = await createDatabase(postgresUrl);
      stops.push(database.drop);
      env.DATABASE_URL = database.url;
    }
    const redis = options.redis ? await startOwnRedis() : null;
    if (redis) {
      stops.push(redis.stop);
      env.REDIS_URL = `redis://127.0.0.1:${redis.port}`;
    }
    const gateways: Measured[] = [];
    const addGateway = async (): Promise<void> => {
      const gateway = await startDoclight(env, cores.server);
      stops.push(gateway.stop);
      gateways.push(gateway);
    };
    for (let i = 0; i < (options.gateways ?? 1); i += 1) await addGateway();
    const url = (gateways[0] as Measured).url;
    const [owner] = await mint(1, env);
    const me = await request<{ workspaces: { id: string }[] }>(url, owner as Identity, 'GET', '/api/auth/me');
    const workspaceId = me.workspaces[0]?.id ?? '';
    const query = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> => {
      const client = new pg.Client({ connectionString: env.DATABASE_URL });
      await client.connect();
      try {
        return (await client.query<T>(text)).rows;
      } finally {
        await client.end();
      }
    };
    return {
      gateways,
      addGateway,
      redisPort: redis?.port ?? null,
      workspaceId,
      mint: (count) => mint(count, env),
      addDocuments: async (count) => {
        if (options.database === 'embedded') {
          const made: string[] = [];
          for (let i = 0; i < count; i += 1) {
            const path = `/api/workspaces/${workspaceId}/documents`;
            made.push(
              (
                await request<{ id: string }>(url, owner as Identity, 'POST', path, {
                  title: `Document ${i}`,
                })
              ).id,
            );
          }
          return made;
        }
        const ids: string[] = [];
        while (ids.length < count) {
          const from = ids.length + 1;
          const rows = await query<{ id: string }>(
            `insert into documents (workspace_id, title, abstract, author_id)
             select '${workspaceId}', 'Document ' || i, 'About ' || md5(i::text), '${(owner as Identity).userId}'
             from generate_series(${from}, ${Math.min(count, ids.length + DOCUMENTS_AT_ONCE)}) as i returning id`,
          );
          ids.push(...rows.map(({ id }) => id));
        }
        // The event log tells the gateways of each of them.
        if (count >= MANY_DOCUMENTS) for (const { pid } of gateways) await atRest(pid);
        return ids;
      },
      query,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One REST request as a person. @throws Error where the answer is not a good one */
export async function request<T>(
  url: string,
  { cookie }: Identity,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  const answer = await fetch(url + path, {
    method,
    headers: { cookie, origin: url, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

async function mint(count: number, env: Readonly<Record<string, string>>): Promise<Identity[]> {
  const args = ['server/dist/cli.js', 'accounts', 'sessions', '--count', String(count)];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...environment(), ...env },
    maxBuffer: 256 * 1024 * 1024,
  });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Identity);
}

async function createDatabase(postgresUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `doclight_bench_${randomBytes(6).toString('hex')}`;
  const run = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: postgresUrl });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  await run(`create database ${name}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) };
}
