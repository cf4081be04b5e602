import type { Transaction as EmbeddedTransaction, PGlite } from '@electric-sql/pglite';
import type pg from 'pg';

/** Told how long the database took. Called for every query: it has to be quick, and must not throw. */
export interface DatabaseObserver {
  /** A query was answered, or failed, after so many seconds. That of the embedded database waited for those before. */
  queried(seconds: number, failed: boolean): void;
  /** Somebody had to wait so many seconds for a connection of the pool. */
  waited(seconds: number): void;
}

/** How many connections the pool has. */
export interface PoolState {
  readonly busy: number;
  readonly idle: number;
  /** How many wait for one. */
  readonly waiting: number;
}

type Callback = (error: unknown, ...rest: unknown[]) => void;

/** Times the queries of one of the pool's connections, those that the pool itself passes on too. */
export function measureClient(client: pg.PoolClient, observer: DatabaseObserver): void {
  client.query = timed(client.query.bind(client) as Anything, (seconds, failed) =>
    observer.queried(seconds, failed),
  ) as typeof client.query;
}

/** Times how long it takes to be given one of the pool's connections. */
export function measurePool(pool: pg.Pool, observer: DatabaseObserver): void {
  pool.connect = timed(pool.connect.bind(pool) as Anything, (seconds) =>
    observer.waited(seconds),
  ) as typeof pool.connect;
}

/** Times the queries of an embedded database, those in its transactions too. */
export function measureEmbedded(client: PGlite, observer: DatabaseObserver): void {
  const observe = (seconds: number, failed: boolean) => observer.queried(seconds, failed);
  const transaction = client.transaction.bind(client);
  client.query = timed(client.query.bind(client) as Anything, observe) as typeof client.query;
  client.transaction = <T>(work: (tx: EmbeddedTransaction) => Promise<T>) =>
    transaction((tx) => {
      tx.query = timed(tx.query.bind(tx) as Anything, observe) as typeof tx.query;
      return work(tx);
    });
}

type Anything = (...args: unknown[]) => unknown;

/** Calls what answers by a promise or, given one as the last argument, by a callback, and times it. */
function timed(call: Anything, settled: (seconds: number, failed: boolean) => void): Anything {
  return (...args) => {
    const began = performance.now();
    const settle = (failed: boolean) => settled((performance.now() - began) / 1_000, failed);
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      const told: Callback = (error, ...rest) => {
        settle(error !== undefined && error !== null);
        (callback as Callback)(error, ...rest);
      };
      return call(...args.slice(0, -1), told);
    }
    const answer = call(...args);
    if (answer instanceof Promise)
      answer.then(
        () => settle(false),
        () => settle(true),
      );
    return answer;
  };
}
