import { describe, expect, it } from 'vitest';
import { heldOrder, liveFirst } from './order';

describe('liveFirst', () => {
  it('floats the live ones, in the order of the list, with those not loaded behind them', () => {
    expect(liveFirst(['a', 'b', 'c', 'd'], ['x', 'd', 'b'])).toEqual(['b', 'd', 'x', 'a', 'c']);
  });
  it('changes nothing without any', () => expect(liveFirst(['a', 'b'], [])).toEqual(['a', 'b']));
});

describe('heldOrder', () => {
  it('moves nothing that is shown', () => {
    expect(heldOrder(['a', 'b', 'c'], ['c', 'x', 'a'])).toEqual(['a', 'c', 'x']);
  });
});
