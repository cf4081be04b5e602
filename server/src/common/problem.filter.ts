import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  type ExceptionFilter,
  HttpException,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { ProblemError } from './problem.js';

/** Answers every error of the REST interface as a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(http.getRequest<Request>(), http.getResponse<Response>(), exception, this.log);
  }
}

/** Answers an error; one that is nobody's fault outside is logged and told as INTERNAL. */
export function sendProblem(request: Request, response: Response, error: unknown, log: Logger): void {
  const problem = asProblem(error);
  const { id: requestId, method, path } = request;
  if (problem.status >= 500) log.error({ err: error, requestId, method, path }, 'request failed');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.status(problem.status);
  for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
  response.setHeader('Cache-Control', 'no-store');
  response.type('application/problem+json').send(JSON.stringify(named(problem, requestId)));
}

/** Whoever reports a fault of ours can say which request it was: the log has it under that id. */
function named(problem: ProblemError, requestId: unknown): object {
  return { ...problem.toProblem(), ...(problem.status === 500 ? { requestId } : {}) };
}

/** What body-parser and Express throw: errors with a status of their own. */
interface HttpishError {
  readonly status: number;
  readonly type?: string;
}

function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  // Nest makes a BadRequestException of an address that cannot be decoded, and of nothing else here.
  if (error instanceof BadRequestException || error instanceof URIError || isUnstorable(error)) {
    return new ProblemError('NOT_FOUND', 'There is nothing at this address.');
  }
  const status = statusOf(error);
  if (status === 404) return new ProblemError('NOT_FOUND', 'There is nothing at this address.');
  if (status === 413) {
    return new ProblemError('PAYLOAD_TOO_LARGE', 'The body is larger than this server takes.');
  }
  if (status === 415) {
    return new ProblemError('UNSUPPORTED_MEDIA_TYPE', 'The body must be JSON in UTF-8.');
  }
  if (status !== undefined && status < 500) {
    return new ProblemError('INVALID_BODY', 'The request cannot be read: send well-formed JSON.', {
      errors: [{ path: '', message: 'is not well-formed' }],
    });
  }
  return new ProblemError('INTERNAL', 'Something went wrong here; it has been logged. Try again later.');
}

/**
 * PostgreSQL refused a character that no stored text can hold. Bodies are checked for it, so it
 * came with the address, and nothing can be found by it.
 * @see https://www.postgresql.org/docs/15/errcodes-appendix.html 22021
 */
function isUnstorable(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return cause?.code === '22021';
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  const { status } = error as HttpishError;
  return typeof status === 'number' ? status : undefined;
}
