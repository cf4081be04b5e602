import fc from 'fast-check';

const words = fc.constantFrom(
  'one',
  'snake_case',
  '2 * 3',
  'a|b',
  '#no',
  '1.',
  '<x',
  '&amp;',
  'é',
  '\\*',
  '[x]',
  '*',
  '`',
  'www.a.example',
);
const phrase = fc.array(words, { minLength: 1, maxLength: 4 }).map((list) => list.join(' '));
const inline = fc.oneof(
  { weight: 4, arbitrary: phrase },
  phrase.map((text) => `**${text}**`),
  phrase.map((text) => `_${text}_`),
  phrase.map((text) => `~~${text}~~`),
  phrase.map((text) => `\`${text}\``),
  phrase.map((text) => `[${text}](https://a.example "t")`),
  fc.constantFrom(
    '[ref]',
    '[text][ref]',
    '![alt](i.png)',
    '<https://a.example>',
    '<kbd>k</kbd>',
    '[^1]',
    '&copy;',
  ),
);
const line = fc.array(inline, { minLength: 1, maxLength: 4 }).map((list) => list.join(' '));
const prose = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .chain((list) => fc.constantFrom('\n', '  \n', '\\\n').map((end) => list.join(end)));

const leaf = fc.oneof(
  { weight: 3, arbitrary: prose },
  fc.tuple(fc.constantFrom('#', '##', '###'), line).map(([marks, text]) => `${marks} ${text}`),
  line.map((text) => `${text}\n---`),
  fc
    .tuple(fc.constantFrom('```', '~~~', '````js meta'), prose)
    .map(([fence, text]) => `${fence}\n${text}\n${fence.replace(/\w.*/, '')}`),
  line.map((text) => `    ${text}`),
  fc.constantFrom('***', '- - -', '<div>\n\n', '<!-- c -->', '[ref]: https://b.example', '[^1]: note'),
  fc.tuple(line, line).map(([left, right]) => `| ${left} | b |\n|:--|--:|\n| ${right} |  |`),
);

function indented(text: string, first: string, rest: string): string {
  return first + text.replaceAll('\n', `\n${rest}`);
}

const { block } = fc.letrec<{ block: string; container: string; blocks: string }>((tie) => ({
  block: fc.oneof({ maxDepth: 2, depthSize: 'small' }, { weight: 3, arbitrary: leaf }, tie('container')),
  blocks: fc
    .array(tie('block'), { minLength: 1, maxLength: 3 })
    .chain((list) => fc.constantFrom('\n\n', '\n').map((gap) => list.join(gap))),
  container: fc.oneof(
    tie('blocks').map((text) => indented(text, '> ', '> ')),
    fc
      .tuple(
        fc.constantFrom('- ', '* ', '1. ', '1) ', '- [ ] ', '- [x] '),
        fc.array(tie('blocks'), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('\n', '\n\n'),
      )
      .map(([marker, items, gap]) =>
        items.map((text) => indented(text, marker, ' '.repeat(marker.replace(/\[.*/, '').length))).join(gap),
      ),
  ),
}));

/** Markdown files of every construct, with gaps, line ends and edges of all kinds. Not always tidy. */
export const markdownFiles: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '\uFEFF', '\n', '---\ntitle: t\n---\n\n'),
    fc.array(fc.tuple(block, fc.constantFrom('\n\n', '\n', '\n\n\n', '  \n\n')), { maxLength: 6 }),
    fc.constantFrom('', '\n', '\n\n', ' \t\n'),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([lead, blocks, tail, eol]) => {
    const body = blocks.map(([text, gap], index) => (index < blocks.length - 1 ? text + gap : text)).join('');
    return (lead + body + tail).replaceAll('\n', eol);
  });
