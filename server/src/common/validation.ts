import type { HttpErrorCode } from '@doclight/protocol';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { ProblemError } from './problem.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

const MOST_ISSUES = 20;

/** A schema's complaints as a problem that names the paths at fault. */
export function invalid(
  code: Extract<HttpErrorCode, `INVALID_${string}`>,
  issues: readonly Issue[],
): ProblemError {
  const errors = issues.slice(0, MOST_ISSUES).map((issue) => ({
    path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message: issue.message,
  }));
  const named = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return new ProblemError(code, `The request does not fit: ${named.join('; ')}.`, { errors });
}

/** Checks what `@Body({schema})` names, and answers INVALID_BODY. */
export const bodyValidation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => invalid('INVALID_BODY', issues),
});

/** Checks what `@Query({schema})` names, and answers INVALID_QUERY. */
export const queryValidation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => invalid('INVALID_QUERY', issues),
});
