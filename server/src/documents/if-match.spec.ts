import { describe, expect, it } from 'vitest';
import { ProblemError } from '../common/problem.js';
import { etagOf, revisionsOf } from './if-match.js';

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
