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

  constructor(@Inject(CONFIG) config: Config) {
    const points = config.limits.loginsPerMinute;
    if (!Number.isFinite(points)) return;
    this.byAccount = new RateLimiterMemory({ points, duration: MINUTE_S });
    this.byAddress = new RateLimiterMemory({ points: points * ADDRESS_FACTOR, duration: MINUTE_S });
  }

  /** @throws ProblemError RATE_LIMITED with Retry-After in seconds */
  async check(address: string, account: string): Promise<void> {
    const states = [
      [this.byAccount, await this.byAccount?.get(key(address, account))] as const,
      [this.byAddress, await this.byAddress?.get(address)] as const,
    ];
    for (const [limiter, state] of states) {
      if (limiter && state && state.consumedPoints >= limiter.points) throw limited(state);
    }
  }

  /** Counts a failure. */
  async failed(address: string, account: string): Promise<void> {
    await this.byAccount?.penalty(key(address, account));
    await this.byAddress?.penalty(address);
  }

  /** Forgets the failures of an account from an address. */
  async succeeded(address: string, account: string): Promise<void> {
    await this.byAccount?.delete(key(address, account));
  }
}

function key(address: string, account: string): string {
  return `${address} ${account.toLowerCase()}`;
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
