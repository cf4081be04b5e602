import { describe, expect, it } from 'vitest';
import { canDo, diceOf, MOST_ACTIONS_A_SECOND, nextAction } from './people.js';

describe('what people do', () => {
  it('comes as often as it should', () => {
    const dice = diceOf(1);
    const seconds = 100_000;
    let opened = 0;
    for (let i = 0; i < seconds * MOST_ACTIONS_A_SECOND; i += 1) {
      if (nextAction('dashboard', dice()) === 'open') opened += 1;
    }
    // Once a minute.
    expect(opened / (seconds / 60)).toBeCloseTo(1, 1);
  });

  it('is only what can be done there', () => {
    expect(canDo('dashboard', 'open')).toBe(true);
    expect(canDo('dashboard', 'unsaved')).toBe(false);
    expect(canDo('away', 'connect')).toBe(true);
  });
});
