import { stdSerializers } from 'pino';

/** What a failed query and what PostgreSQL says of it carry beside the message. */
interface DatabaseError extends Error {
  readonly query?: unknown;
  readonly params?: unknown;
  readonly code?: unknown;
}

/**
 * An error as it may be logged. A failed query holds its parameters (titles, texts, hashes of tokens) in message,
 * stack and fields, and PostgreSQL adds the row in `detail`: of those, only what names the fault is kept.
 */
export function safeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const chain = causes(error);
  if (!chain.some(holdsData)) return stdSerializers.err(error);
  return chain.reduceRight<object>((cause, one) => withoutData(one, cause), {});
}

function causes(error: Error): DatabaseError[] {
  const chain: Error[] = [];
  for (let next: unknown = error; next instanceof Error && !chain.includes(next); next = next.cause)
    chain.push(next);
  return chain;
}

const holdsData = (error: DatabaseError): boolean => 'params' in error || 'detail' in error;

function withoutData(error: DatabaseError, cause: object): object {
  const { query, code, stack = '' } = error;
  const failedQuery = 'params' in error;
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    message: failedQuery ? 'Failed query' : error.message,
    ...(failedQuery ? { query } : {}),
    ...(code === undefined ? {} : { code }),
    // The lines above the first frame repeat the message.
    stack: stack.slice(Math.max(0, stack.search(/^ {4}at /m))),
    ...(Object.keys(cause).length > 0 ? { cause } : {}),
  };
}
