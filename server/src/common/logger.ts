import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { logContext } from './log-context.js';
import { safeError } from './safe-error.js';

/** Injects the process's pino logger. */
export const LOGGER = Symbol('logger');

/**
 * Logs go to standard error as JSON lines: standard output is for what the start tells people.
 * Cookies and bodies are never logged, and of errors nothing that people wrote. Every line carries the ids
 * of the request, socket event or job on whose behalf it is written (see `log-context.ts`).
 * @param to takes the lines in place of standard error
 */
export function createLogger(
  level: string,
  to: DestinationStream = destination({ fd: 2, sync: false }),
): Logger {
  const options = { level, base: { pid: process.pid }, mixin: logContext, serializers: { err: safeError } };
  return pino(options, to);
}

/** Hands what Nest itself logs to pino, one level quieter: its start-up lines are for debugging. */
export function nestLogger(log: Logger): LoggerService {
  return {
    log: (message: unknown, context?: unknown) => log.debug({ context }, String(message)),
    warn: (message: unknown, context?: unknown) => log.warn({ context }, String(message)),
    error: (message: unknown, ...rest: unknown[]) => log.error({ rest }, String(message)),
  };
}
