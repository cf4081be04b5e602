/** A burst may take this many seconds' worth at once. */
const BURST_SECONDS = 2;

/**
 * Limits how often something happens, allowing short bursts.
 * @see https://en.wikipedia.org/wiki/Token_bucket
 */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  /** @param perSecond rate in the long run; Infinity for no limit. @param now in milliseconds */
  constructor(
    private readonly perSecond: number,
    now: number,
  ) {
    this.tokens = perSecond * BURST_SECONDS;
    this.filledAt = now;
  }

  /** Takes one token; false when there is none. @param now in milliseconds */
  take(now: number): boolean {
    if (this.perSecond === Number.POSITIVE_INFINITY) return true;
    // A clock that is set back must not drain the bucket.
    const elapsed = Math.max(0, now - this.filledAt);
    const filled = this.tokens + (elapsed / 1000) * this.perSecond;
    this.tokens = Math.min(filled, this.perSecond * BURST_SECONDS);
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
