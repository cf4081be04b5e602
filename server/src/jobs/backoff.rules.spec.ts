import { describe, expect, it } from 'vitest';
import { pauseAfter } from './backoff.rules.js';

describe('pauseAfter', () => {
  const policy = { firstMs: 1_000, mostMs: 60_000 };

  it.each([
    [1, 0, 500],
    [1, 1, 1_000],
    [2, 0.5, 1_500],
    [4, 1, 8_000],
    [7, 0, 30_000],
    [1_000_000, 1, 60_000],
  ])('after attempt %i with %f of chance waits %i ms', (attempt, random, pause) =>
    expect(pauseAfter(attempt, policy, random)).toBe(pause),
  );

  it('keeps to no pause where none is asked for', () =>
    expect(pauseAfter(3, { firstMs: 0, mostMs: 60_000 }, 0.7)).toBe(0));
});
