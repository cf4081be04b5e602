import { describe, expect, it } from 'vitest';
import { splitBlocks } from './blocks';
import { hasFrontMatter } from './front-matter';

describe('hasFrontMatter', () => {
  it.each(['---\ntitle: a\n---\n# A', '---\n---\n', '+++\r\ntitle = 1\r\n+++', '--- \na: 1\n---'])(
    'finds it in %j',
    (markdown) => expect(hasFrontMatter(markdown)).toBe(true),
  );

  it.each(['---\n\n- a\n- b\n', '# A\n\n---\na: 1\n---\n', '----\na\n----\n', ''])(
    'finds none in %j',
    (markdown) => expect(hasFrontMatter(markdown)).toBe(false),
  );

  it('keeps the list behind a rule at the beginning', () => {
    const blocks = splitBlocks('---\n\n- a\n- b\n');
    expect(blocks.map(({ source }) => source)).toEqual(['---', '- a\n- b']);
  });
});
