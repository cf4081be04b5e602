import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugify, slugWithSuffix } from './slug.js';

describe('slugify', () => {
  it.each([
    ['Welcome to Doclight', 'welcome-to-doclight'],
    ['  --A  &  B--  ', 'a-b'],
    ['Crème brûlée', 'creme-brulee'],
    ['Übergrößenträger', 'ubergroßentrager'],
    ['Привет, мир', 'привет-мир'],
    ['日本語の文書', '日本語の文書'],
    ['C++ / C#', 'c-c'],
    ['🚀', 'document'],
    ['', 'document'],
    ['../../etc/passwd?#', 'etc-passwd'],
  ])('makes of %j %j', (title, slug) => expect(slugify(title, 'document')).toBe(slug));

  it('is short, and safe in an address, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
        const slug = slugWithSuffix(title, 'document');
        expect(slug).toMatch(/^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*-[a-z0-9]{6}$/u);
        expect([...slug].length).toBeLessThanOrEqual(67);
        expect(
          new URL(`http://localhost/documents/${encodeURIComponent(slug)}`).pathname.split('/'),
        ).toHaveLength(3);
      }),
    );
  });
});
