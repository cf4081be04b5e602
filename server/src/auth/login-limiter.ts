import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { ProblemError } from '../common/problem.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';

/** One address may fail this many times more often than one account from that address. */
const ADDRESS_FACTOR = 10;
const MINUTE_S = 60;

/**
 * Limits failed attempts to prove who one is (passwords, setup and invitation tokens): by account
 * and address, so that nobody can lock somebody else out, and by address, so that one cannot try
 * many accounts. A success costs nothing.
 */
@Injectable()
export class LoginLimiter {
  private readonly byAccount: RateLimiterMemory | undefined;
  private readonly byAddress: RateLimiterMemory | undefined;
  /** The attempt that is next in line has to wait for this one, by account and address. */
  private readonly turns = new Map<string, Promise<void>>();

  constructor(@Inject(CONFIG) config: Config) {
    const points = config.limits.loginsPerMinute;
    if (!Number.isFinite(points)) return;
    this.byAccount = new RateLimiterMemory({ points, duration: MINUTE_S });
    this.byAddress = new RateLimiterMemory({ points: points * ADDRESS_FACTOR, duration: MINUTE_S });
  }

  /**
   * Makes an attempt, one at a time for an account and address: guesses that come all at once
   * would else all be made before the first of them has failed.
   * @param attempt answers null where it failed
   * @throws ProblemError RATE_LIMITED with Retry-After in seconds
   */
  async guard<T>(address: string, account: string, attempt: () => Promise<T | null>): Promise<T | null> {
    const { byAccount, byAddress } = this;
    if (!byAccount || !byAddress) return attempt();
    const key = `${address} ${account.toLowerCase()}`;
    return this.inTurn(key, async () => {
      const state = await byAccount.get(key);
      if (state && state.consumedPoints >= byAccount.points) throw limited(state);
      return this.counted(byAddress, address, async () => {
        const result = await attempt();
        if (result === null) await byAccount.penalty(key);
        else await byAccount.delete(key);
        return result;
      });
    });
  }

  /** Counts an attempt as a failure while it is under way, for others from that address do not wait for it. */
  private async counted<T>(
    limiter: RateLimiterMemory,
    address: string,
    attempt: () => Promise<T | null>,
  ): Promise<T | null> {
    const state = await limiter.penalty(address);
    let failed = false;
    try {
      if (state.consumedPoints > limiter.points) throw limited(state);
      const result = await attempt();
      failed = result === null;
      return result;
    } finally {
      if (!failed) await limiter.reward(address);
    }
  }

  private inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const result = (this.turns.get(key) ?? Promise.resolve()).then(work);
    const over = result.then(
      () => {},
      () => {},
    );
    this.turns.set(key, over);
    void over.then(() => {
      if (this.turns.get(key) === over) this.turns.delete(key);
    });
    return result;
  }
}

function limited(state: RateLimiterRes): ProblemError {
  const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
  return new ProblemError(
    'RATE_LIMITED',
    `Too many attempts. Try again in ${seconds} s.`,
    {},
    { 'Retry-After': String(seconds) },
  );
}
