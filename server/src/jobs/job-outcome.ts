import {
  GiveUpError,
  type JobAttempt,
  type JobHandler,
  type JobKind,
  RetryLaterError,
} from '../common/job.js';
import { pauseAfter } from './backoff.rules.js';
import type { ClaimedJob } from './jobs.repository.js';

/** How an attempt ended. */
export type Outcome =
  | { readonly is: 'done' }
  | { readonly is: 'retry'; readonly delayMs: number; readonly reason: string }
  | { readonly is: 'dead'; readonly reason: string }
  /** Not the job's fault: it goes back as it was. */
  | { readonly is: 'returned' }
  /** Somebody else has it by now, and says how it ends. */
  | { readonly is: 'lost' };

/** Why an attempt is ended from outside. */
export class EndedError extends Error {
  override readonly name = 'EndedError';

  constructor(
    readonly why: 'timeout' | 'stopping' | 'lost',
    message: string,
  ) {
    super(message);
  }
}

const LONGEST_REASON = 500;

/**
 * Makes one attempt. Does not wait for a handler that goes on after its signal.
 * @param random from 0 to 1, for the pause where it has to be tried again
 */
export async function attemptJob<Payload>(
  kind: JobKind<Payload>,
  handler: JobHandler<Payload>,
  job: ClaimedJob,
  controller: AbortController,
  random: number,
): Promise<Outcome> {
  const { signal } = controller;
  const parsed = kind.payload.safeParse(job.payload);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return dead(`the payload does not fit: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  const timer = setTimeout(() => {
    controller.abort(new EndedError('timeout', `the attempt took longer than ${kind.timeoutMs} ms`));
  }, kind.timeoutMs);
  const attempt: JobAttempt = { jobId: job.id, attempt: job.attempt, signal };
  try {
    await Promise.race([handler(parsed.data, attempt), ended(signal)]);
    return { is: 'done' };
  } catch (error) {
    // A handler that heeds the signal throws something of its own.
    return failed(kind, job.attempt, signal.aborted ? signal.reason : error, random);
  } finally {
    clearTimeout(timer);
  }
}

function failed(kind: JobKind<unknown>, attempt: number, error: unknown, random: number): Outcome {
  if (error instanceof EndedError && error.why === 'lost') return { is: 'lost' };
  if (error instanceof EndedError && error.why === 'stopping') return { is: 'returned' };
  const reason = reasonOf(error);
  if (error instanceof GiveUpError) return { is: 'dead', reason };
  if (attempt >= kind.retry.attempts) return dead(`${reason} (attempt ${attempt}, the last)`);
  const delayMs =
    error instanceof RetryLaterError ? Math.max(0, error.delayMs) : pauseAfter(attempt, kind.retry, random);
  return { is: 'retry', delayMs, reason };
}

function dead(reason: string): Outcome {
  return { is: 'dead', reason: reason.slice(0, LONGEST_REASON) };
}

/** What operators and logs are told. A failed query carries its parameters: what people wrote is not for them. */
function reasonOf(error: unknown): string {
  const told = error instanceof Error && 'params' in error && error.cause ? error.cause : error;
  return (told instanceof Error ? told.message : String(told)).slice(0, LONGEST_REASON);
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
