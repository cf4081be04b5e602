import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinFile } from './join-file.js';
import type { Content } from './source-layout.js';
import { type FileParts, splitFile } from './split-file.js';

const HASH = '0'.repeat(64);

function split(source: string): FileParts {
  const parts = splitFile(source, 'file-name', HASH);
  if (typeof parts === 'string') throw new Error(parts);
  return parts;
}

/** What an export writes after an edit. */
function edited(source: string, change: Partial<Content>): string {
  const { layout, content } = split(source);
  return joinFile(layout, { ...content, ...change });
}

describe('splitFile', () => {
  const cases: [what: string, source: string, content: Content][] = [
    ['heading, paragraph, rest', '# T\n\nA.\n\nB.\n', { title: 'T', abstract: 'A.', text: 'B.\n' }],
    ['only a heading', '# T', { title: 'T', abstract: '', text: '' }],
    ['markup in the heading', '# `foo` & **bar**\n', { title: 'foo & bar', abstract: '', text: '' }],
    ['entities and escapes', '# a \\* b &amp; c\n', { title: 'a * b & c', abstract: '', text: '' }],
    ['closing hashes', '  ## T ##  \nA\n', { title: 'T', abstract: 'A', text: '' }],
    ['a setext heading over lines', 'One\ntwo\n===\nA\n\nB', { title: 'One two', abstract: 'A', text: 'B' }],
    ['no heading', 'A\n\nB\n', { title: 'file-name', abstract: 'A', text: 'B\n' }],
    ['an empty heading', '#\n\nA\n', { title: 'file-name', abstract: '', text: '#\n\nA\n' }],
    ['no final newline', '# T\n\nA\n\nB', { title: 'T', abstract: 'A', text: 'B' }],
    ['CR LF', '# T\r\n\r\nA\r\nb\r\n\r\nB\r\n', { title: 'T', abstract: 'A\nb', text: 'B\n' }],
    ['mixed line ends', '# T\r\n\nA\r\nb\n\nB\n', { title: 'T', abstract: 'A\r\nb', text: 'B\n' }],
    ['a byte order mark', '\uFEFF# T\n\nA\n', { title: 'T', abstract: 'A', text: '' }],
    ['an indented code block', '# T\n\n    code\n', { title: 'T', abstract: '', text: '    code\n' }],
    [
      'badges first',
      '# T\n\n[![b](i)](l) ![c](d)\n\nA\n',
      { title: 'T', abstract: '', text: '[![b](i)](l) ![c](d)\n\nA\n' },
    ],
    ['a list first', '# T\n- a\n\nA\n', { title: 'T', abstract: '', text: '- a\n\nA\n' }],
    [
      'a paragraph that needs a definition',
      '# T\n\nSee [it].\n\n[it]: u\n',
      { title: 'T', abstract: '', text: 'See [it].\n\n[it]: u\n' },
    ],
    ['a comment before the heading', '<!-- c -->\n\n# T\n\nA\n', { title: 'T', abstract: 'A', text: '' }],
    [
      'HTML before the heading',
      '<p>logo</p>\n\n# T\n\nA\n',
      { title: 'T', abstract: '', text: '<p>logo</p>\n\n# T\n\nA\n' },
    ],
    ['a paragraph before the heading', 'A\n\n# T\n\nB\n', { title: 'T', abstract: 'A', text: '# T\n\nB\n' }],
    [
      'front matter with a title',
      '---\ntitle: "F"\nx: 1\n---\n\nA\n\n# T\n',
      { title: 'F', abstract: 'A', text: '# T\n' },
    ],
    [
      'front matter and heading that say the same',
      '---\ntitle: T\n---\n# T\nA\n',
      { title: 'T', abstract: 'A', text: '' },
    ],
    ['front matter without a title', '---\na: 1\n---\n\n# T\n', { title: 'T', abstract: '', text: '' }],
    ['front matter that is no YAML', '---\n: : [\n---\n# T\n', { title: 'T', abstract: '', text: '' }],
    ['front matter in CR LF', '---\r\ntitle: F\r\n---\r\nA\r\n', { title: 'F', abstract: 'A', text: '' }],
    ['a title over lines', '---\ntitle: >\n  F\n---\n# T\n', { title: 'T', abstract: '', text: '' }],
    ['a title with an escape', '---\ntitle: "F\\n g"\n---\n', { title: 'F g', abstract: '', text: '' }],
    ['an empty title', '---\ntitle: " "\n---\n# T\n', { title: 'T', abstract: '', text: '' }],
    ['TOML', '+++\ntitle = "F"\n+++\n# T\n', { title: 'T', abstract: '', text: '' }],
  ];
  it.each(cases)('takes apart and puts together: %s', (_, source, content) => {
    const parts = split(source);
    expect(parts.content).toEqual(content);
    expect(joinFile(parts.layout, parts.content)).toBe(source);
  });

  it.each([
    ['---\nauthor: Fry\n---\nA', 'Fry'],
    ['---\nauthor: [a@b.c, Fry]\n---\nA', 'a@b.c'],
    ['---\nauthor: { name: Fry, email: a@b.c }\n---\nA', 'a@b.c'],
    ['---\nauthor: 7\n---\nA', null],
    ['A', null],
  ])('reads the author of %j', (source, author) => {
    expect(split(source).author).toBe(author);
  });

  it('says why a file cannot be a document', () => {
    expect(splitFile(`# ${'t'.repeat(201)}\n`, 'n', HASH)).toContain('title longer than 200');
    expect(splitFile(`# T\n\n- ${'t'.repeat(2_000_001)}\n`, 'n', HASH)).toContain('text longer than');
    const matter = `---\n${`# ${'c'.repeat(1_000)}\n`.repeat(2_000)}---\n# T\n`;
    expect(splitFile(matter, 'n', HASH)).toContain('around the text');
  });

  it('puts together exactly what it took apart, whatever it was', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...['# T', '## T ##', 'T\n===', 'T\n---', '---\ntitle: F\n---\n', '---\n', '+++\n', '\uFEFF', '#'],
        ...['\n', '\r\n', '\r', '\n\n', ' ', '\t', '    ', 'A line.', '**b**', '`c`', '[x]', '[x]: u', '> '],
        ...['- ', '1. ', '```\n', '<p>', '</p>', '<!-- c -->', '![a](b)', '[![a](b)](c)', '| a |\n| - |\n'],
        ...[
          '&amp;',
          '\\',
          '~~s~~',
          '[^1]',
          '[^1]: n',
          '😀',
          'title: "x"\n',
          'author: me\n',
          '\u2028',
          '\u00a0',
        ],
      ),
      fc.string({ unit: 'binary' }),
    );
    const source = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(source, (whole) => {
        const parts = splitFile(whole, 'name', HASH);
        if (typeof parts !== 'string') expect(joinFile(parts.layout, parts.content)).toBe(whole);
        else expect(whole).toMatch(/\0|\p{Surrogate}/u);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('splitFile of a long file', () => {
  const long = `${'A long line of words.\n'.repeat(10)}\n`.repeat(50);
  it.each([
    ['# T\n\nA\n\n', { title: 'T', abstract: 'A' }],
    ['# T\n\nSee [it].\n\n', { title: 'T', abstract: '' }, '\n[it]: u\n'],
    ['# [T]\n\nA\n\n', { title: 'T', abstract: 'A' }, '\n[t]: u\n'],
    ['# [T]\n\nA\n\n', { title: '[T]', abstract: 'A' }],
    [`---\n${'# c\n'.repeat(2_000)}title: F\n---\n\nA\n\n`, { title: 'F', abstract: 'A' }],
    [`- a\n\n${'  b\n\n'.repeat(2_000)}# T\n\n`, { title: 'T', abstract: '' }],
    [`<!--\n${'c\n'.repeat(4_000)}-->\n\n# T\n\nA\n\n`, { title: 'T', abstract: 'A' }],
    [`\`\`\`\n# no\n${'c\n'.repeat(4_000)}\`\`\`\n# T\n\nA\n\n`, { title: 'T', abstract: '' }],
    [`# T\n\n${'a\n'.repeat(3_000)}\n`, { title: 'T', abstract: 'a\n'.repeat(3_000).trimEnd() }],
  ])('sees the whole of what matters: %#', (start, expected, end = '') => {
    const source = start + long + end;
    const parts = split(source);
    expect(parts.content).toMatchObject(expected);
    expect(joinFile(parts.layout, parts.content)).toBe(source);
  });
});

describe('joinFile after an edit', () => {
  it.each([
    ['# T\n\nA\n\nB\n', { title: 'New *one*' }, '# New \\*one\\*\n\nA\n\nB\n'],
    ['T\n===\n\nA\n', { title: 'New' }, '# New\n\nA\n'],
    ['---\ntitle: "T"\n---\n\n# T\n', { title: 'a: b' }, '---\ntitle: "a: b"\n---\n\n# a: b\n'],
    ['<p>\n\n# T\n\nA\n', { title: 'New' }, '<p>\n\n# New\n\nA\n'],
    ['A\n\nB\n', { title: 'New' }, '# New\n\nA\n\nB\n'],
    ['# T\r\n\r\nA\r\n\r\nB\r\n', { text: 'C\nD\n' }, '# T\r\n\r\nA\r\n\r\nC\r\nD\r\n'],
    ['# T\n', { text: 'C\n' }, '# T\n\nC\n'],
    ['# T', { abstract: 'A', text: 'C' }, '# T\n\nA\n\nC\n'],
    ['# T\n\n- a\n', { abstract: 'A' }, '# T\n\nA\n\n- a\n'],
  ])('puts into %j what was changed', (source, change, expected) => {
    expect(edited(source, change)).toBe(expected);
  });

  it('writes what was made in Doclight as heading, abstract and text', () => {
    expect(joinFile(null, { title: '*x*', abstract: 'A', text: 'B\n' })).toBe('# \\*x\\*\n\nA\n\nB\n');
    expect(joinFile(null, { title: 'T', abstract: '', text: '' })).toBe('# T\n');
  });

  it('writes titles that are read again as they were', () => {
    const title = fc
      .string({ unit: fc.constantFrom(...'ab #*_`[]()<>&;~|\\!:.1-+=^"\'/@') })
      .map((words) => words.replace(/\s+/g, ' ').trim())
      .filter((words) => words !== '');
    fc.assert(
      fc.property(
        title,
        fc.constantFrom('# T\n\nA\n', 'T\n=\nA\n', '---\ntitle: T\n---\nA\n'),
        (words, file) => {
          expect(split(edited(file, { title: words })).content.title).toBe(words);
        },
      ),
      { numRuns: 500 },
    );
  });
});
