import type { HttpErrorCode } from '@doclight/protocol';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { ProblemError } from './problem.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** The fields that zod does not know, where that is the complaint. */
  readonly keys?: readonly string[];
}

const MOST_ISSUES = 20;

/** A schema's complaints as a problem that names the paths at fault. */
export function invalid(
  code: Extract<HttpErrorCode, `INVALID_${string}`>,
  issues: readonly Issue[],
): ProblemError {
  const errors = issues.flatMap(faults).slice(0, MOST_ISSUES);
  const named = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return new ProblemError(code, `The request does not fit: ${named.join('; ')}.`, { errors });
}

function faults({ path = [], message, keys }: Issue): { path: string; message: string }[] {
  const parts = path.map((part) => String(typeof part === 'object' ? part.key : part));
  // Zod complains of unknown fields at the object that has them: each is a path of its own.
  if (keys) return keys.map((key) => ({ path: [...parts, key].join('.'), message: 'is not known here' }));
  return [{ path: parts.join('.'), message }];
}

/** Checks what `@Body({schema})` names, and answers INVALID_BODY. */
export const bodyValidation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => invalid('INVALID_BODY', issues),
});

/** Checks what `@Query({schema})` names, and answers INVALID_QUERY. */
export const queryValidation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => invalid('INVALID_QUERY', issues),
});
