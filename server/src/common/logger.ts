import type { LoggerService } from '@nestjs/common';
import { destination, type Logger, pino } from 'pino';
import { safeError } from './safe-error.js';

/** Injects the process's pino logger. */
export const LOGGER = Symbol('logger');

/**
 * Logs go to standard error as JSON lines: standard output is for what the start tells people.
 * Cookies and bodies are never logged, and of errors nothing that people wrote.
 */
export function createLogger(level: string): Logger {
  const options = { level, base: { pid: process.pid }, serializers: { err: safeError } };
  return pino(options, destination({ fd: 2, sync: false }));
}

/** Hands what Nest itself logs to pino, one level quieter: its start-up lines are for debugging. */
export function nestLogger(log: Logger): LoggerService {
  return {
    log: (message: unknown, context?: unknown) => log.debug({ context }, String(message)),
    warn: (message: unknown, context?: unknown) => log.warn({ context }, String(message)),
    error: (message: unknown, ...rest: unknown[]) => log.error({ rest }, String(message)),
  };
}
