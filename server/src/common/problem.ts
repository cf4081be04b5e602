import { STATUS_CODES } from 'node:http';
import { HTTP_STATUS_OF, type HttpErrorCode, type Problem } from '@doclight/protocol';

type Extra = Readonly<Record<string, unknown>>;

/**
 * An error that is meant for the caller. Services throw it; the problem filter answers it.
 * `detail` says what is wrong and how to mend it, and holds nothing the caller may not see.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;

  /**
   * @param extra members added to the problem document, such as `errors` or `current`
   * @param headers response headers, such as `Retry-After`
   */
  constructor(
    readonly code: HttpErrorCode,
    detail: string,
    readonly extra: Extra = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.status = HTTP_STATUS_OF[code];
  }

  /** The problem document, RFC 9457. */
  toProblem(): Problem & Extra {
    return {
      type: `urn:doclight:problem:${this.code.toLowerCase().replaceAll('_', '-')}`,
      title: STATUS_CODES[this.status] ?? 'Error',
      status: this.status,
      detail: this.message,
      code: this.code,
      ...this.extra,
    };
  }
}

/** What is asked for is not there, or not for the caller: the two look the same on purpose. */
export function notFound(what: string): ProblemError {
  return new ProblemError('NOT_FOUND', `There is no such ${what}, or you have no access to it.`);
}
