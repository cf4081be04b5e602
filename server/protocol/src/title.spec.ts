import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleSchema } from './model.js';
import { faultOfTitle } from './title.js';

describe('faultOfTitle', () => {
  it.each([
    ['Budget 2027', null],
    ['  ', 'must not be empty'],
    ['a\nb', 'must be a single line'],
    ['a\0', 'must not contain NUL or broken Unicode characters'],
    ['\ud83d', 'must not contain NUL or broken Unicode characters'],
    ['x'.repeat(201), 'must be at most 200 characters'],
  ])('%j', (title, fault) => expect(faultOfTitle(title)).toBe(fault));

  it('says of every title what the schema says first', () => {
    const titles = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 220 }),
      fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\0', '\ud83d', '😀'), maxLength: 220 }),
    );
    fc.assert(
      fc.property(titles, (title) => {
        const first = titleSchema.safeParse(title).error?.issues[0]?.message ?? null;
        expect(faultOfTitle(title)).toBe(first);
      }),
    );
  });
});
