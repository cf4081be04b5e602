import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newlyMentioned } from './mentions.rules.js';

const people = [
  { id: 'fry', name: 'Fry' },
  { id: 'amy', name: 'Amy' },
  { id: 'wong', name: 'Amy Wong' },
  { id: 'zoe', name: 'Zoë O’Hara' },
  { id: 'one', name: 'Twin' },
  { id: 'two', name: 'Twin' },
];
const mentioned = (after: string, before = '') => [...newlyMentioned(before, after, people)].sort();

describe('a mention', () => {
  it.each([
    ['Hello @Fry!', ['fry']],
    ['@fry', ['fry']],
    ['(@FRY) and **@Amy**, see _@fry_', ['amy', 'fry']],
    ["@Fry’s text, and @Fry's", ['fry']],
    ['@Amy Wong decides', ['wong']],
    ['@Amy Wongs', ['amy']],
    ['@Amy\n  Wong', ['wong']],
    ['@zoë o’hara', ['zoe']],
    ['@Zoe\u0308 O’Hara', ['zoe']],
    ['@Twin', ['one', 'two']],
    ['[@Philip](person:fry) knows', ['fry']],
    ['[@Fry](person:fry)', ['fry']],
    ['[@Fry](person:nobody)', []],
    ['fry@example.org, x@Fry, @@Fry', []],
    ['@Frying @Fry_2 @Fry2', []],
    ['@nobody', []],
    ['`@Fry` and ``a ` @Fry``', []],
    ['```ts\n@Fry\nclass A {}\n```\nafter', []],
    ['~~~\n@Fry\n~~~\n@Amy', ['amy']],
    ['```\n@Fry never closed', []],
    ['https://example.org/@Fry', []],
  ])('in %j is of %j', (text, ids) => expect(mentioned(text)).toEqual(ids));

  it('is told once: what was there before is not new, once more is', () => {
    expect(mentioned('@Fry and more', '@Fry')).toEqual([]);
    expect(mentioned('@Fry, and again @Fry', '@Fry')).toEqual(['fry']);
    expect(mentioned('moved down\n\n@Fry', '@Fry\n\nmoved up')).toEqual([]);
    expect(mentioned('@Amy', '@Fry')).toEqual(['amy']);
  });

  it('is found in whatever stands around it, and no text takes long', () => {
    const words = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '.', '*', '(', ']', '@', '`') });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const both = `${a}${b}`;
        expect(mentioned(both, both)).toEqual([]);
        // Without code around it.
        const plain = (text: string) => text.replaceAll('`', '');
        expect(mentioned(`${plain(a)} @Fry ${plain(b)}`)).toContain('fry');
      }),
    );
    const began = performance.now();
    mentioned('@a `` [@x](person:'.repeat(100_000));
    mentioned('`'.repeat(1_000_000));
    mentioned(`${'`a'.repeat(500_000)}@Fry`);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
