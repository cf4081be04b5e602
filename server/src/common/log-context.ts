import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf something is done. Ids only: what people are called or wrote is not for a log. */
export interface LogContext {
  readonly requestId?: string;
  readonly socketId?: string;
  readonly userId?: string;
  readonly jobId?: string;
}

const contexts = new AsyncLocalStorage<LogContext>();

/** Every line that is logged while `work` runs, and in what it starts and awaits, carries these ids. */
export function withLogContext<T>(context: LogContext, work: () => T): T {
  return contexts.run(context, work);
}

/**
 * Runs what is nobody's in particular, though somebody's request or event set it off: a connection that is
 * opened again, a look at a queue. Else it would carry the ids of whoever came first, for ever.
 */
export function withoutLogContext<T>(work: () => T): T {
  return contexts.exit(work);
}

/** Adds to the ids of what runs now, as more becomes known of who wants it. */
export function addToLogContext(more: LogContext): void {
  const context = contexts.getStore();
  if (context) Object.assign(context, more);
}

/** The ids of what runs now, in an object of its own: pino adds to it. */
export function logContext(): LogContext {
  return { ...contexts.getStore() };
}
