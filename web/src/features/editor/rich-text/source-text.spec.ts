import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editedSource, shownSource } from './source-text';

describe('the source view', () => {
  it('shows line feeds and no mark', () => {
    expect(shownSource('\uFEFFa\r\nb\rc\n')).toBe('a\nb\nc\n');
  });

  it('changes nothing but what was typed', () => {
    expect(editedSource('\uFEFFa\r\nb\nc\r\n', 'a\nbX\nY\nc\n')).toBe('\uFEFFa\r\nbX\r\nY\nc\r\n');
  });

  it('shows exactly what was typed into it', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '\n', '\r\n', '\r', ' ')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (markdown, typed) => {
        const shown = shownSource(typed);
        fc.pre(!/\r/.test(shown));
        expect(shownSource(editedSource(markdown, shown))).toBe(shown);
        expect(editedSource(markdown, shownSource(markdown))).toBe(markdown);
      }),
      { seed: 20261120 },
    );
  });
});
