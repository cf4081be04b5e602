/** How long to wait between attempts, in milliseconds. */
interface Backoff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/**
 * The pause after an attempt that failed: twice as long each time, and anywhere between half of that and
 * the whole, so that what failed together does not come back together.
 * @param attempt how many were made, from 1
 * @param random from 0 to 1
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ (equal jitter)
 */
export function pauseAfter(attempt: number, { firstMs, mostMs }: Backoff, random: number): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(attempt - 1, 52));
  return Math.round(whole / 2 + (whole / 2) * random);
}
