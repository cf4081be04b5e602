import type { Node } from '@tiptap/pm/model';
import { describe, expect, it } from 'vitest';
import { edited, typed } from '../testing/edit';
import { MarkdownDocument } from './markdown-document';
import { nodeType } from './schema';

/** The Markdown after typing `text` behind the first `found` of a document. */
function afterTyping(markdown: string, found: string, text: string): string {
  const document = new MarkdownDocument(markdown);
  return document.serialise(typed(document.node, found, text, 'after'));
}

describe('an edited construct keeps its spelling', () => {
  const cases: Record<string, string> = {
    'a paragraph with its line ends': 'one two\nthree _four_ five__six__\nseven\n',
    'a setext heading': 'one two\n=======\n\nthree\n',
    'a closed heading': '## one ##\n',
    'emphasis with underscores': '_one_ two __three__\n',
    'hard breaks of two spaces': 'one  \ntwo\\\nthree\n',
    'entities and escapes': 'one &amp; two &copy; \\* three \\_ &#35;\n',
    'links, images and addresses': 'one [a](<b c> "t") ![i](j.png) <https://a.example> www.b.example\n',
    references: 'one [text][ref] [ref][] [ref] ![alt][ref]\n\n[ref]: https://a.example "t"\n',
    'a bulleted list with stars': '* one\n* two\n  * three\n',
    'a loose list': '- one\n\n- two\n\n  three\n',
    'a list indented by four': '-   one\n\n    two\n-   three\n',
    'a list indented by tabs': '-\tone\n\t- two\n',
    'a numbered list in parentheses': '3) one\n4) two\n',
    'a list that counts only ones': '1. one\n1. two\n',
    'a task list': '- [ ] one\n- [X] two\n- three\n',
    'a quote': '> one\n> two\n>\n> > three\n',
    'a fence of tildes': '~~~ js meta\none\n\n\ttwo\n~~~\n',
    'a long fence': '````md\n```\none\n```\n````\n',
    'a table': '| one | two |\n|:--|--:|\n| a \\| b | `c` |\n|d|e|\n',
    'a table without outer bars': 'one | two\n--- | ---\na | b\n',
    'html in a line': 'one <kbd>two</kbd><br>three\n',
    'a footnote': 'one[^1] two\n\n[^1]: three\n',
    'front matter': '---\ntitle: x\n---\n\none\n',
    'raw blocks around': '<div>\n\none\n\n</div>\n\n[a]: b\n',
    'Windows line ends': '# x\r\n\r\none\r\ntwo\r\n\r\n* a\r\n* b\r\n',
    'no line end at the end': 'x\n\none',
    'a byte order mark': '\uFEFFone\n',
    'white space at the edges': '\n\n  one  \n\n\n\nb   \n \n',
  };
  it.each(Object.entries(cases))('%s', (_name, markdown) => {
    expect(afterTyping(markdown, 'one', 'Z')).toBe(markdown.replace(/(?<=one)/, 'Z'));
  });

  it('adds a cell text without touching the other rows', () => {
    const document = new MarkdownDocument('| a | b |\n|---|---|\n| c |   |\n');
    let cell = 0;
    document.node.descendants((node, position) => {
      if (node.type.name === 'tableCell' && node.textContent === '') cell = position;
    });
    const after = edited(document.node, (tr) => tr.insertText('x|y', cell + 2));
    expect(document.serialise(after)).toBe('| a | b |\n|---|---|\n| c | x\\|y |\n');
  });

  it('adds an item in the list, numbered on', () => {
    const document = new MarkdownDocument('9. one\n10. two\n\n    more\n11. three\n');
    const list = document.node.child(0);
    const after = edited(document.node, (tr) => {
      const item = list.child(0);
      tr.insert(
        1 + item.nodeSize,
        item.type.create(null, item.child(0).type.create(null, item.child(0).content)),
      );
    });
    expect(document.serialise(after)).toBe('9. one\n10. one\n11. two\n\n    more\n12. three\n');
  });

  it('writes links out when their definition is taken away', () => {
    const document = new MarkdownDocument('See [ref].\n\n[ref]: https://a.example\n');
    const after = edited(document.node, (tr) =>
      tr.delete(document.node.child(0).nodeSize, tr.doc.content.size),
    );
    expect(document.serialise(after)).toBe('See [ref](https://a.example).\n');
  });

  it('keeps two lists apart', () => {
    const document = new MarkdownDocument('- one\n\nbetween\n\n- two\n');
    const start = document.node.child(0).nodeSize;
    const after = edited(document.node, (tr) => tr.delete(start, start + document.node.child(1).nodeSize));
    // Two lists of one marker would be one list.
    expect(document.serialise(after)).toBe('* one\n\n- two\n');
  });

  it('marks every line of a quote that was left unmarked on some', () => {
    expect(afterTyping('> one\ntwo\n', 'one', 'Z')).toBe('> oneZ\n> two\n');
  });

  it('edits raw blocks as source', () => {
    expect(afterTyping('a\n\n<div>\none\n</div>\n\nb\n', 'one', '\n*x*')).toBe(
      'a\n\n<div>\none\n*x*\n</div>\n\nb\n',
    );
  });

  it('leaves nothing when everything is deleted', () => {
    const document = new MarkdownDocument('# a\n\nb\n');
    expect(document.serialise(new MarkdownDocument('').node)).toBe('');
  });
});

describe('what a person types is what a person reads again', () => {
  const texts = [
    '*',
    '**',
    '_',
    '__a__',
    '#',
    '# a',
    '1.',
    '1. a',
    '12) a',
    '-',
    '- a',
    '+ a',
    '> a',
    '<',
    '<b>a</b>',
    '&amp;',
    '&',
    '[',
    '[a](b)',
    '[a]',
    '[ ] a',
    '![a](b)',
    '`',
    '```',
    '``a``',
    '~',
    '~~a~~',
    '~~~',
    '|',
    '| a |',
    'a | b',
    '\\',
    '\\*',
    '---',
    '***',
    '===',
    '=',
    '!',
    'a_b_c',
    'a*b*c',
    '2 * 3 * 4',
    'a\\',
    '    a',
    '\ta',
    '1986\\. A',
    ':-',
    '<!-- a -->',
    'http://a',
    'a@b.example',
    '"\'',
    '$a$',
    '{a}',
    '^a^',
    'é *ü*',
    '😀 *',
    '[^1]',
    '<https://a.example>',
  ];
  const places: Record<string, string> = {
    'a paragraph': 'WORD',
    'the middle of a paragraph': 'some WORD here',
    'a later line': 'some\nWORD',
    'a heading': '# WORD',
    'a list item': '- WORD',
    'a task': '- [ ] WORD',
    'a quote': '> WORD',
    'a table cell': '| a | b |\n|---|---|\n| WORD | c |',
    'bold words': 'a **WORD** b',
    'a link': '[WORD](https://a.example)',
    code: 'a `WORD` b',
    'a code block': '```\nWORD\n```',
  };
  it.each(Object.entries(places))('in %s', (_name, markdown) => {
    for (const text of texts) {
      const document = new MarkdownDocument(markdown);
      const after = typed(document.node, 'WORD', text);
      const again = new MarkdownDocument(document.serialise(after)).node;
      expect(visible(again), `${text} as ${document.serialise(after)}`).toBe(visible(after));
    }
  });

  it('in a new document, without needless escapes', () => {
    const write = (text: string) => {
      const document = new MarkdownDocument('');
      return document.serialise(edited(document.node, (tr) => tr.insertText(text, 1)));
    };
    expect(write('snake_case, 2 * 3 and [x] for f(a_b)')).toBe('snake_case, 2 * 3 and [x] for f(a_b)');
    expect(write('see https://a.example/b_c?d=e&f')).toBe('see https://a.example/b_c?d=e&f');
    expect(write('*not emphasis*')).toBe('\\*not emphasis*');
    expect(write('# no heading')).toBe('\\# no heading');
    expect(write('1. no list')).toBe('1\\. no list');
  });
});

it('keeps a file that the parser cannot read', () => {
  const strange = '---\ntitle: t\n---\n\n> 1.\n> [x] a `b\n> _c_\n> \n> `d`\n';
  const document = new MarkdownDocument(strange);
  expect(document.serialise(document.node)).toBe(strange);
});

it('does not make front matter of a rule that comes to stand at the top', () => {
  const document = new MarkdownDocument('a\n\n---\n\nb\n\n---\n\n- c\n');
  const after = edited(document.node, (tr) => tr.delete(0, document.node.child(0).nodeSize));
  expect(document.serialise(after)).toBe('***\n\nb\n\n---\n\n- c\n');
});

it('writes new blocks in the manner of the document', () => {
  const document = new MarkdownDocument('* a\n\n_b_\n');
  const { node } = document;
  const { schema } = node.type;
  const paragraph = nodeType(schema, 'paragraph').create(null, schema.text('c', [schema.mark('italic')]));
  const list = nodeType(schema, 'bulletList').create(
    null,
    nodeType(schema, 'listItem').create(null, paragraph),
  );
  const after = edited(node, (tr) => tr.insert(node.content.size, [paragraph, list]));
  expect(document.serialise(after)).toBe('* a\n\n_b_\n\n_c_\n\n* _c_\n');
});

/** What can be seen of a document: blocks and characters. White space at the edges is nobody's. */
function visible(node: Node): string {
  const lines: string[] = [];
  node.descendants((block) => {
    if (block.isTextblock) {
      const text = block.textBetween(0, block.content.size, undefined, (leaf) =>
        String(leaf.attrs.source ?? ' '),
      );
      if (text.trim() !== '') lines.push(`${block.type.name}: ${text.replace(/[ \t]+/g, ' ').trim()}`);
    }
    return !block.isTextblock;
  });
  return lines.join('\n');
}

describe('the end of a file', () => {
  it.each(['a\n\nword\n\n', 'a\n\nword', '# word\n\n\n', 'a\r\n\r\nword\r\n\r\n'])(
    'stays as it is where the last paragraph is typed in: %j',
    (text) => {
      const document = new MarkdownDocument(text);
      const { node } = document;
      const written = document.serialise(
        edited(node, (tr) => tr.insertText(' zebra', node.content.size - 1)),
      );
      expect(written).toBe(text.replace('word', 'word zebra'));
    },
  );
});
