import { describe, expect, it } from 'vitest';
import { prefixIds } from './prefix-ids';

describe('prefixIds', () => {
  it('keeps names of a document apart from those of the page, and links to them whole', () => {
    const tree = {
      children: [
        { tagName: 'h2', properties: { id: 'main' } },
        { tagName: 'a', properties: { href: '#main', name: 'body' } },
        { tagName: 'a', properties: { href: 'https://example.org/#main' } },
        { tagName: 'a', properties: { href: '#user-content-fn-1', id: 'user-content-fnref-1' } },
      ],
    };
    prefixIds()(tree);
    expect(tree.children.map(({ properties }) => properties)).toEqual([
      { id: 'user-content-main' },
      { href: '#user-content-main', name: 'user-content-body' },
      { href: 'https://example.org/#main' },
      { href: '#user-content-fn-1', id: 'user-content-fnref-1' },
    ]);
  });
});
