import { describe, expect, it } from 'vitest';
import { layoutFor } from './use-columns';

describe('layoutFor', () => {
  it('fits as many cards as there is room for, and never none', () => {
    expect(layoutFor(328, 'grid').columns).toBe(1);
    expect(layoutFor(560, 'grid').columns).toBe(2);
    expect(layoutFor(1_216, 'grid').columns).toBe(4);
    expect(layoutFor(0, 'grid').columns).toBe(1);
  });
  it('folds rows on narrow screens', () => {
    expect(layoutFor(328, 'list').rowHeight).toBeGreaterThan(layoutFor(900, 'list').rowHeight);
  });
});
