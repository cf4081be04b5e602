import type { Document, HttpErrorCode, Problem } from '@doclight/protocol';

/** Stands in for the server's problem document when there was no answer at all (status 0). */
export const OFFLINE_PROBLEM: Problem = {
  type: 'about:blank',
  title: 'Not reachable',
  status: 0,
  detail: 'The server cannot be reached. Check the connection and try again.',
  code: 'INTERNAL',
};

/** A request that the server refused; `message` is the problem's `detail`, fit to be shown. */
export class ApiError extends Error {
  readonly problem: Problem & { readonly current?: Document; readonly fenced?: boolean };

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ApiError';
    this.problem = problem;
  }

  get code(): HttpErrorCode {
    return this.problem.code;
  }

  /** HTTP status; 0 when the server could not be reached. */
  get status(): number {
    return this.problem.status;
  }
}

/** True when `error` is an answer of the API with that code. */
export function hasCode(error: unknown, code: HttpErrorCode): error is ApiError {
  return error instanceof ApiError && error.code === code;
}

/** What to tell a person about any error. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : 'Something went wrong. Please try again.';
}
