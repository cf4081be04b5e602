import { describe, expect, it } from 'vitest';
import { fateOf, idleSince, isHeld, takeOverIn } from './editing.rules.js';

const reading = { phase: 'read', attention: 'active' } as const;
const editing = { phase: 'edit', attention: 'active' } as const;
const idle = { phase: 'edit', attention: 'idle' } as const;
const hidden = { phase: 'edit', attention: 'hidden' } as const;
const NOW = 1_000_000_000;

describe('isHeld', () => {
  it('is so while the holder edits, and for a moment where they have yet to come', () => {
    expect(isHeld(idle, 'acquired', 0, NOW)).toBe(true);
    expect(isHeld(reading, 'acquired', NOW, NOW)).toBe(false);
    expect(isHeld(null, 'acquired', NOW, NOW)).toBe(false);
    expect(isHeld(reading, 'handed-over', NOW - 5_000, NOW)).toBe(true);
    expect(isHeld(reading, 'taken-over', NOW - 10_000, NOW)).toBe(false);
  });
});

describe('idleSince', () => {
  it('begins with the last input, and ends with the next or with editing', () => {
    expect(idleSince(idle, null, NOW)).toBe(NOW - 120_000);
    expect(idleSince(hidden, null, NOW)).toBe(NOW);
    expect(idleSince(hidden, NOW - 500, NOW)).toBe(NOW - 500);
    expect(idleSince(editing, NOW - 500, NOW)).toBeNull();
    expect(idleSince({ ...idle, phase: 'read' }, NOW - 500, NOW)).toBeNull();
    expect(idleSince(null, NOW - 500, NOW)).toBeNull();
  });
});

describe('takeOverIn', () => {
  it('counts down to the moment', () => {
    expect(takeOverIn(NOW - 100_000, 600, NOW)).toBe(500);
    expect(takeOverIn(NOW - 700_000, 600, NOW)).toBe(0);
    expect(takeOverIn(null, 600, NOW)).toBeNull();
  });
});

describe('fateOf', () => {
  it('follows the two people', () => {
    expect(fateOf('ask', reading, editing)).toBe('stays');
    expect(fateOf('ask', editing, idle)).toBe('stays');
    expect(fateOf('ask', null, editing)).toBe('withdrawn');
    expect(fateOf('ask', reading, reading)).toBe('ended');
    expect(fateOf('ask', reading, null)).toBe('ended');
    expect(fateOf('take-over', reading, hidden)).toBe('stays');
    expect(fateOf('take-over', reading, editing)).toBe('ask');
    expect(fateOf('take-over', null, editing)).toBe('withdrawn');
  });
});
