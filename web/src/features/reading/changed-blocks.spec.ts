import { describe, expect, it } from 'vitest';
import { splitBlocks } from './blocks';
import { changedBlocks } from './changed-blocks';

const marked = (before: string, after: string): string[] => {
  const changed = changedBlocks(before, after);
  return splitBlocks(after)
    .filter((block) => changed.has(block.start))
    .map((block) => block.source);
};

describe('changedBlocks', () => {
  const text = '# One\n\nFirst.\n\n- a\n- b\n\nLast.';

  it('marks nothing in the same text', () => expect(marked(text, text)).toEqual([]));

  it('marks what was edited or added, and nothing else', () => {
    expect(marked(text, text.replace('First.', 'First!'))).toEqual(['First!']);
    expect(marked(text, text.replace('Last.', 'New.\n\nLast.'))).toEqual(['New.']);
    expect(marked(text, text.replace('- b', '- c'))).toEqual(['- a\n- c']);
  });

  it('marks nothing where something was only taken away', () => {
    expect(marked(text, text.replace('First.\n\n', ''))).toEqual([]);
  });

  it('marks one of two blocks that changed places', () => {
    expect(marked('a\n\nb', 'b\n\na')).toHaveLength(1);
  });

  it('copes with everything being new, and with a great deal of text', () => {
    expect(marked('', 'a\n\nb')).toEqual(['a', 'b']);
    const many = (word: string): string =>
      Array.from({ length: 1_500 }, (_, n) => `${word} ${n}`).join('\n\n');
    expect(marked(many('old'), `same\n\n${many('new')}`)).toHaveLength(1_501);
  });

  it('keeps front matter out of it', () => {
    expect(marked('---\na: 1\n---\n\nx', '---\na: 1\n---\n\ny')).toEqual(['y']);
  });
});
