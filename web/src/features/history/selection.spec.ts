import { describe, expect, it } from 'vitest';
import { pairOf, queryOf, selectionOf } from './selection';

describe('what the history shows', () => {
  it.each([
    ['', { revision: null, against: 'previous' }],
    ['?revision=3', { revision: 3, against: 'previous' }],
    ['?revision=3&against=current', { revision: 3, against: 'current' }],
    ['?against=7', { revision: null, against: 7 }],
  ] as const)('is in the address: %s', (query, selection) => {
    expect(selectionOf(new URLSearchParams(query))).toEqual(selection);
    expect(queryOf(selection)).toBe(query);
  });

  it('is the newest change where the address makes no sense', () => {
    for (const query of ['?revision=0', '?revision=-1&against=x', '?revision=1e3', '?against='])
      expect(selectionOf(new URLSearchParams(query))).toEqual({ revision: null, against: 'previous' });
  });

  it('is two revisions in the order of time', () => {
    expect(pairOf({ revision: null, against: 'previous' }, 5)).toEqual({ before: 4, after: 5 });
    expect(pairOf({ revision: 2, against: 'current' }, 5)).toEqual({ before: 2, after: 5 });
    expect(pairOf({ revision: 2, against: 4 }, 5)).toEqual({ before: 2, after: 4 });
    expect(pairOf({ revision: 4, against: 2 }, 5)).toEqual({ before: 2, after: 4 });
    expect(pairOf({ revision: 1, against: 'previous' }, 5)).toEqual({ before: 0, after: 1 });
  });

  it('never is a revision and itself', () => {
    expect(pairOf({ revision: null, against: 'current' }, 5)).toEqual({ before: 4, after: 5 });
    expect(pairOf({ revision: 3, against: 3 }, 5)).toEqual({ before: 2, after: 3 });
  });
});
