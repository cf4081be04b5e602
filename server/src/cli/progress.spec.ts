import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Progress } from './progress.js';
import { Tally } from './tally.js';

describe('Progress', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function watch(isTTY: boolean): string[] {
    const written: string[] = [];
    const progress = new Progress('Importing', 8, { isTTY, write: (text: string) => written.push(text) });
    for (let n = 0; n < 8; n += 1) {
      vi.advanceTimersByTime(1_000);
      progress.advance(1);
    }
    progress.end();
    return written;
  }

  it('writes a line now and then where nobody watches', () => {
    expect(watch(false)).toEqual([2, 4, 6, 8].map((n) => `Importing: ${n} of 8 (${n * 12.5} %)\n`));
  });

  it('draws a bar on a terminal, and takes it away', () => {
    const written = watch(true);
    expect(written).toHaveLength(9);
    expect(written[3]).toBe(`\r\x1b[KImporting ${'█'.repeat(15)}${'░'.repeat(15)}  50 % 4 of 8`);
    expect(written.at(-1)).toBe('\r\x1b[K');
  });
});

describe('Tally', () => {
  it('counts by reason, names the first, and lets no path steer the terminal', () => {
    const tally = new Tally();
    for (const path of ['a', 'b\x1b[2J', 'c', 'd']) tally.add('is empty', path);
    tally.add('is not UTF-8', 'e');
    expect(tally.total).toBe(5);
    expect(tally.lines()).toEqual(['    4 is empty: a, b\uFFFD[2J, c, …', '    1 is not UTF-8: e']);
  });
});
