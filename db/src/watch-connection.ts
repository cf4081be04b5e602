import type { Socket } from 'node:net';
import type pg from 'pg';

/** What node-postgres keeps to itself. */
interface Internals {
  readonly connection: { readonly stream: Socket };
  /** False while a query is under way. */
  readonly readyForQuery: boolean;
}

/**
 * Keeps a pooled connection from doing harm when it breaks. Without a listener, the `error` of a connection that is
 * in use would end the process; and where the network swallows what is sent without a word, a query would wait for
 * as long as TCP tries again, a quarter of an hour, and with it whatever goes on after it.
 * @param answerWithinMs a connection that is silent for so long in the midst of a query is given up
 * @param onError told of a connection that broke
 * @see https://node-postgres.com/apis/pool#error
 */
export function watchConnection(
  client: pg.PoolClient,
  answerWithinMs: number,
  onError: (error: Error) => void,
): void {
  client.on('error', onError);
  const internals = client as unknown as Internals;
  const { stream } = internals.connection;
  stream.setTimeout(answerWithinMs);
  stream.on('timeout', () => {
    if (!internals.readyForQuery)
      stream.destroy(new Error(`the database has not answered for ${answerWithinMs} ms`));
  });
}

/**
 * Gives a connection that broke while it was in use back to the pool, whoever forgets to: drizzle does where `begin`
 * fails. Else its place would be lost for good, and the pool could neither be closed nor, after ten, be used.
 */
export function releaseWhenBroken(client: pg.PoolClient): void {
  // The pool sets `release` right after it tells of this, and hands the client out after that.
  queueMicrotask(() => {
    const { release } = client;
    let isReleased = false;
    const releaseOnce = (error?: Error | boolean): void => {
      if (isReleased) return;
      isReleased = true;
      client.off('error', onError);
      release.call(client, error);
    };
    const onError = (): void => releaseOnce(true);
    client.release = releaseOnce;
    client.on('error', onError);
  });
}
