import { describe, expect, it } from 'vitest';
import { hasRole, mayDelete } from './access.rules.js';

describe('hasRole', () => {
  it.each([
    [undefined, [false, false, false]],
    ['viewer', [true, false, false]],
    ['editor', [true, true, false]],
    ['owner', [true, true, true]],
  ] as const)('of %s', (role, expected) => {
    expect((['viewer', 'editor', 'owner'] as const).map((needed) => hasRole(role, needed))).toEqual(expected);
  });
});

describe('mayDelete', () => {
  it('lets owners delete everything, editors their own, viewers nothing', () => {
    expect(mayDelete('owner', 'me', 'somebody')).toBe(true);
    expect(mayDelete('editor', 'me', 'somebody')).toBe(false);
    expect(mayDelete('editor', 'me', 'me')).toBe(true);
    expect(mayDelete('viewer', 'me', 'me')).toBe(false);
  });
});
