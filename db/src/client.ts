import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { migrate as migratePg } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import pg from 'pg';
import { lockDataDir } from './data-dir-lock.js';
import { dataDirUnavailable, postgresUnavailable } from './database-unavailable.js';
import { listenPg } from './listen-pg.js';
import {
  type DatabaseObserver,
  measureClient,
  measureEmbedded,
  measurePool,
  type PoolState,
} from './measure.js';
import type { NotificationListener } from './notification-listener.js';
import * as schema from './schema.js';
import { releaseWhenBroken, watchConnection } from './watch-connection.js';

/** The part of drizzle that PostgreSQL and PGlite share. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;
/** What a transaction's callback is given. Inside it, nothing else may be used: PGlite would deadlock. */
export type Transaction = PgTransaction<
  PgQueryResultHKT,
  typeof schema,
  ExtractTablesWithRelations<typeof schema>
>;

/** An open database, PostgreSQL or embedded. */
export interface DatabaseHandle {
  readonly kind: 'postgres' | 'pglite';
  readonly db: Database;
  /**
   * Listens on channels until the answered function is called. A lost connection is opened again
   * by itself, for as long as it takes.
   */
  listen(channels: readonly string[], listener: NotificationListener): Promise<() => Promise<void>>;
  /** Resolves when a query was answered within `timeoutMs` milliseconds, rejects otherwise. */
  ping(timeoutMs: number): Promise<void>;
  /** The pool as it is now; null: the embedded database has none. */
  pool(): PoolState | null;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** PostgreSQL connection string; without it the embedded database in `dataDir` is opened. */
  readonly url?: string | undefined;
  /** Folder of the embedded database. `memory://` keeps it in memory, for tests. */
  readonly dataDir: string;
  /** Most connections of the pool, PostgreSQL only. */
  readonly poolSize?: number;
  /** A pooled connection that is silent for so long in the midst of a query is given up, in milliseconds. */
  readonly answerWithinMs?: number;
  /** Told of a pooled connection that broke; whoever used it is told by their query. */
  readonly onConnectionError?: (error: Error) => void;
  /** Told of every query, but for those of migrations and of listening. */
  readonly observer?: DatabaseObserver;
}

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));
/** Any number will do; it must only be the same in every process that migrates. */
const MIGRATION_LOCK = 727_274_001;
const ANSWER_WITHIN_MS = 20_000;
const CONNECT_WITHIN_MS = 5_000;

/**
 * Opens the database and brings its schema up to date.
 * @throws DataDirLockedError when another process holds the embedded database
 * @throws DatabaseUnavailableError where it cannot be reached, or not be written to
 */
export async function openDatabase(options: DatabaseOptions): Promise<DatabaseHandle> {
  return options.url === undefined ? openEmbedded(options) : openPostgres(options.url, options);
}

async function openEmbedded({ dataDir, observer }: DatabaseOptions): Promise<DatabaseHandle> {
  const inMemory = dataDir.startsWith('memory://');
  const unlock = inMemory ? async () => {} : await takeDataDir(dataDir);
  try {
    const client = await PGlite.create({
      dataDir: inMemory ? dataDir : join(dataDir, 'postgres'),
      extensions: { pg_trgm },
    });
    const db = drizzlePglite(client, { schema });
    await migratePglite(db, { migrationsFolder });
    if (observer) measureEmbedded(client, observer);
    return {
      kind: 'pglite',
      db,
      listen: async (channels, listener) => {
        const stops = await Promise.all(
          channels.map((channel) =>
            client.listen(channel, (payload) => listener.onNotification(channel, payload)),
          ),
        );
        listener.onListening();
        return async () => {
          await Promise.all(stops.map((stop) => stop()));
        };
      },
      ping: (timeoutMs) => withTimeout(client.query('select 1'), timeoutMs),
      pool: () => null,
      close: async () => {
        await client.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function takeDataDir(dataDir: string): Promise<() => Promise<void>> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    return await lockDataDir(dataDir);
  } catch (error) {
    throw dataDirUnavailable(dataDir, error);
  }
}

async function openPostgres(url: string, options: DatabaseOptions): Promise<DatabaseHandle> {
  try {
    await migrateLocked(url);
  } catch (error) {
    throw postgresUnavailable(url, error);
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    application_name: 'doclight',
  });
  const onError = options.onConnectionError ?? (() => {});
  // The pool passes on the errors of connections that nobody uses; those that are in use have only us.
  pool.on('error', () => {});
  pool.on('connect', (client) =>
    watchConnection(client, options.answerWithinMs ?? ANSWER_WITHIN_MS, onError),
  );
  pool.on('acquire', releaseWhenBroken);
  const { observer } = options;
  if (observer) {
    pool.on('connect', (client) => measureClient(client, observer));
    measurePool(pool, observer);
  }
  return {
    kind: 'postgres',
    db: drizzlePg(pool, { schema }),
    listen: (channels, listener) => listenPg(url, channels, listener),
    ping: (timeoutMs) => withTimeout(pool.query('select 1'), timeoutMs),
    pool: () => {
      const { totalCount, idleCount, waitingCount } = pool;
      return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
    },
    close: () => pool.end(),
  };
}

/** Several gateways may start at once: one migrates, the others wait and then find nothing to do. */
async function migrateLocked(url: string): Promise<void> {
  // Not of the pool: it may have to wait for the others for longer than any query should take.
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    application_name: 'doclight',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migratePg(drizzlePg(client, { schema }), { migrationsFolder });
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    // With the connection ends the lock, whatever happened.
    await client.end();
  }
}

async function withTimeout(query: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([query, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
