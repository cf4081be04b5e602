import { describe, expect, it } from 'vitest';
import { relativeTime } from './relative-time';

describe('relativeTime', () => {
  const now = Date.parse('2026-11-20T10:00:00.000Z');
  const ago = (milliseconds: number): string => relativeTime(new Date(now - milliseconds).toISOString(), now);

  it('is short and whole', () => {
    expect(ago(5_000)).toBe('just now');
    expect(ago(59_999)).toBe('just now');
    expect(ago(5 * 60_000)).toBe('5 min ago');
    expect(ago(3 * 3_600_000)).toBe('3 hr ago');
    expect(ago(2 * 86_400_000)).toBe('2 days ago');
  });

  it('stands clocks that differ', () => expect(ago(-30_000)).toBe('just now'));
});
