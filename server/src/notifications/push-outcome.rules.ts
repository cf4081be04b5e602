import type { DeliveryReason } from '@doclight/protocol';

/** What came of one attempt to push. */
export type PushOutcome =
  | { readonly kind: 'sent' }
  /** The device is no longer there: it is removed. */
  | { readonly kind: 'gone'; readonly reason: DeliveryReason }
  /** It would be refused again. */
  | { readonly kind: 'refused'; readonly reason: DeliveryReason }
  /** Worth another attempt. `notBeforeMs`: the push service asks to wait, in milliseconds from now. */
  | { readonly kind: 'later'; readonly reason: DeliveryReason; readonly notBeforeMs: number | null };

/** First wait between attempts, and the longest, in milliseconds. */
const BACK_OFF_MS = { first: 2_000, most: 15 * 60_000 };
/** The longest wait that a push service is granted, in milliseconds. */
const MOST_RETRY_AFTER_MS = 24 * 60 * 60_000;
/** A push is given up after so many attempts. */
export const MOST_ATTEMPTS = 8;

/**
 * What a push service's answer means.
 * @param retryAfter the header, in seconds or as a date
 * @param now in milliseconds
 * @see https://www.rfc-editor.org/rfc/rfc8030#section-5
 */
export function outcomeOf(status: number, retryAfter: string | undefined, now: number): PushOutcome {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 404 || status === 410) return { kind: 'gone', reason: 'device-gone' };
  const notBeforeMs = waitAsked(retryAfter, now);
  if (status === 429) return { kind: 'later', reason: 'rate-limited', notBeforeMs };
  if (status >= 500 || status === 408) return { kind: 'later', reason: 'failing', notBeforeMs };
  return { kind: 'refused', reason: 'refused' };
}

/**
 * How long to wait before the next attempt, in milliseconds; null: give up.
 * @param attempts those made so far, from 1
 * @param random from 0 to 1: those that failed together are not tried together again
 */
export function waitBefore(attempts: number, notBeforeMs: number | null, random: number): number | null {
  if (attempts >= MOST_ATTEMPTS) return null;
  const backOff = Math.min(BACK_OFF_MS.first * 2 ** (attempts - 1), BACK_OFF_MS.most);
  return Math.max(notBeforeMs ?? 0, Math.round(backOff * (0.75 + random / 2)));
}

function waitAsked(retryAfter: string | undefined, now: number): number | null {
  if (retryAfter === undefined) return null;
  const text = retryAfter.trim();
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(asked) ? null : Math.min(Math.max(asked, 0), MOST_RETRY_AFTER_MS);
}
