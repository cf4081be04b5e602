import { describe, expect, it } from 'vitest';
import { joinWindows, rowsAround } from './use-row-window';

const rows = { count: 500, pitch: 260, top: 200, overscan: 3 };

describe('rowsAround', () => {
  it('has what can be seen, and some more', () => {
    expect(rowsAround(rows, 0, 800)).toEqual({ from: 0, to: 6 });
    expect(rowsAround(rows, 200 + 260 * 100, 780)).toEqual({ from: 97, to: 106 });
  });

  it('stays within the list, however far the window is', () => {
    expect(rowsAround(rows, 1_000_000, 800)).toEqual({ from: 500, to: 500 });
    expect(rowsAround({ ...rows, count: 0 }, 0, 800)).toEqual({ from: 0, to: 0 });
    expect(rowsAround({ ...rows, count: 2 }, 0, 800)).toEqual({ from: 0, to: 2 });
  });

  it('begins below the window where the list does', () => {
    expect(rowsAround({ ...rows, top: 5_000 }, 0, 800)).toEqual({ from: 0, to: 0 });
  });
});

describe('joinWindows', () => {
  it('is both where they meet, and the first one after a leap', () => {
    expect(joinWindows({ from: 5, to: 9 }, { from: 2, to: 8 })).toEqual({ from: 2, to: 9 });
    expect(joinWindows({ from: 50, to: 54 }, { from: 2, to: 8 })).toEqual({ from: 50, to: 54 });
  });
});
