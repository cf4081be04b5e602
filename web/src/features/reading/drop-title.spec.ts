import { describe, expect, it } from 'vitest';
import { dropTitle } from './drop-title';

const text = (value: string) => ({ type: 'text', value });
const block = (tagName: string, ...children: object[]) => ({ type: 'element', tagName, children });

/** A document of a row of badges and two headings, as far as it is left. */
function read(title: string | undefined): string[] {
  const tree = {
    children: [
      block('p', text('Badges')),
      text('\n'),
      block('h2', text('The '), block('code', text('title')), text('\n')),
      block('h1', text('Later')),
    ],
  };
  dropTitle(title)(tree);
  return tree.children.flatMap((node) => ('tagName' in node ? [node.tagName] : []));
}

describe('dropTitle', () => {
  it('leaves out the first heading where it says the title once more', () => {
    expect(read('The title')).toEqual(['p', 'h1']);
    expect(read(' The  title ')).toEqual(['p', 'h1']);
  });

  it.each(['Later', 'the title', 'The', undefined])('keeps both where the title is %j', (title) => {
    expect(read(title)).toEqual(['p', 'h2', 'h1']);
  });
});
