import { describe, expect, it } from 'vitest';
import { ProblemError } from '../common/problem.js';
import { etagOf, leaseOf, revisionsOf } from './if-match.js';

describe('revisionsOf', () => {
  it.each([
    ['"3"', [3]],
    ['W/"3"', [3]],
    [' "3" , W/"4" ', [3, 4]],
    ['"0"', [0]],
    ['"latest"', [Number.NaN]],
    ['""', [Number.NaN]],
    ['"-1"', [Number.NaN]],
    ['"99999999999999999999"', [Number.NaN]],
  ])('reads %s', (header, revisions) => expect(revisionsOf(header)).toEqual(revisions));

  it.each([undefined, '', ' ', ',', '*', '"3", *', '3', 'W/3', 'w/"3"', '"3', '"3" "4"'])(
    'asks for a revision at %j',
    (header) => {
      expect(() => revisionsOf(header)).toThrow(ProblemError);
      expect(() => revisionsOf(header)).toThrow(expect.objectContaining({ code: 'REVISION_REQUIRED' }));
    },
  );

  it('reads what was sent as ETag', () => expect(revisionsOf(etagOf(17))).toEqual([17]));
});

describe('leaseOf', () => {
  it('reads a token, or none', () => {
    expect(leaseOf('7')).toBe(7);
    expect(leaseOf(undefined)).toBeUndefined();
  });

  it.each(['', '0', '-1', '1.5', 'x', '"7"', '7, 8', '9999999999'])('refuses %j', (header) => {
    expect(() => leaseOf(header)).toThrow(expect.objectContaining({ code: 'INVALID_HEADER' }));
  });
});
