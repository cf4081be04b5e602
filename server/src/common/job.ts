import type { z } from 'zod';

/**
 * Work that is done after the answer, by one of the gateways, at least once. A feature describes its kind in
 * a file of its own, hands the handler to `JobsService.handle`, and adds jobs with `enqueueJobs` of
 * `@doclight/db` in the transaction of the change, with `JobsService.enqueue`, or in SQL with
 * `doclight_enqueue_jobs`.
 */
export interface JobKind<Payload> {
  /** `noun.verb` or the like; stays as it is while jobs of it may lie in a database. */
  readonly name: string;
  /** JSON. One that does not fit is dead at once. */
  readonly payload: z.ZodType<Payload>;
  /** Most jobs of this kind that one gateway runs at once, and holds in memory. */
  readonly concurrency: number;
  /** An attempt that takes longer has failed, in milliseconds. */
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
}

/** How an attempt that failed is tried again. Times in milliseconds. */
export interface RetryPolicy {
  /** Most attempts, the first one counted. After the last one the job is dead. */
  readonly attempts: number;
  /** Pause after the first attempt; each one after is twice as long. */
  readonly firstMs: number;
  /** Longest pause. */
  readonly mostMs: number;
}

/** What a handler is told of the attempt it makes. */
export interface JobAttempt {
  readonly jobId: string;
  /** 1 for the first. */
  readonly attempt: number;
  /**
   * Ends the work: the time is up, the server stops, or the job was given to another gateway because this
   * one was not heard of for too long. What the handler does afterwards counts for nothing.
   */
  readonly signal: AbortSignal;
}

/**
 * Does one job. It may be done again where a gateway died in the middle: make it bear that. Resolves when
 * it is done; a `GiveUpError` makes it dead, a `RetryLaterError` says when to try again, any other error
 * lets it be tried again by the kind's policy.
 */
export type JobHandler<Payload> = (payload: Payload, attempt: JobAttempt) => Promise<void>;

/** Trying again would change nothing. Operators read the message: no secret belongs in it. */
export class GiveUpError extends Error {
  override readonly name = 'GiveUpError';
}

/** Whoever was asked said when to come again. The attempt counts. */
export class RetryLaterError extends Error {
  override readonly name = 'RetryLaterError';

  /**
   * @param delayMs not before this many milliseconds from now
   * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
   */
  constructor(
    readonly delayMs: number,
    message: string,
  ) {
    super(message);
  }
}
