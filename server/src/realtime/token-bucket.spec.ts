import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.js';

const takeAll = (bucket: TokenBucket, now: number): number => {
  let taken = 0;
  while (taken < 1_000 && bucket.take(now)) taken += 1;
  return taken;
};

describe('TokenBucket', () => {
  it('allows a burst of two seconds, then the rate', () => {
    const bucket = new TokenBucket(10, 0);
    expect(takeAll(bucket, 0)).toBe(20);
    expect(takeAll(bucket, 50)).toBe(0);
    expect(takeAll(bucket, 100)).toBe(1);
    expect(takeAll(bucket, 1_100)).toBe(10);
    expect(takeAll(bucket, 60_000)).toBe(20);
  });

  it('has no limit at Infinity', () => {
    expect(takeAll(new TokenBucket(Number.POSITIVE_INFINITY, 0), 0)).toBe(1_000);
  });

  it('does not punish anyone for a clock that is set back', () => {
    const bucket = new TokenBucket(10, 3_600_000);
    expect(bucket.take(0)).toBe(true);
    expect(takeAll(bucket, 0)).toBe(19);
    expect(takeAll(bucket, 1_000)).toBe(10);
  });
});
