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
