import { describe, expect, it } from 'vitest';
import { initials, readableOn } from './avatar-text';

describe('initials', () => {
  it.each([
    ['Leela', 'L'],
    ['Philip J. Fry', 'PF'],
    ['  ', '?'],
    ['élan vital', 'ÉV'],
    ['😀 x', '😀X'],
  ])('of %j', (name, letters) => expect(initials(name)).toBe(letters));
});

describe('readableOn', () => {
  it('picks the stronger contrast', () => {
    expect(readableOn('#ffe08a')).toBe('#000000');
    expect(readableOn('#123456')).toBe('#ffffff');
    expect(readableOn('teal')).toBe('#ffffff');
  });
});
