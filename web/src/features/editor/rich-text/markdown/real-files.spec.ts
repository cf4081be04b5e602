import type { Node } from '@tiptap/pm/model';
import { describe, expect, it } from 'vitest';
import { edited } from '../testing/edit';
import { realMarkdownFiles } from '../testing/real-files';
import { MarkdownDocument } from './markdown-document';

const minutes = 60_000;

describe('real Markdown files', () => {
  it(
    'come back byte for byte when nothing is typed',
    () => {
      const count = { files: 0, rich: 0, raw: 0 };
      const broken: string[] = [];
      for (const { path, text } of realMarkdownFiles()) {
        const document = new MarkdownDocument(text);
        const { node } = document;
        node.check();
        if (document.serialise(node) !== text) broken.push(path);
        count.files += 1;
        for (const { tree } of document.blocks) count[tree ? 'rich' : 'raw'] += 1;
      }
      console.info(`${count.files} files: ${count.rich} blocks are rich, ${count.raw} stay source`);
      expect(broken).toEqual([]);
      expect(count.files).toBeGreaterThanOrEqual(500);
      expect(count.rich).toBeGreaterThan(count.raw * 9);
    },
    5 * minutes,
  );

  it(
    'change in no byte outside the paragraph that is typed in',
    () => {
      const count = { edits: 0, justTheWord: 0 };
      let index = 0;
      for (const { path, text } of realMarkdownFiles()) {
        index += 1;
        if (index % 4 !== 0) continue;
        const document = new MarkdownDocument(text);
        const { node, blocks } = document;
        const offsets = blockOffsets(document, text);
        for (const [number, position] of wordEnds(node).entries()) {
          if (number % 5 !== 0) continue;
          const block = node.resolve(position).index(0);
          const { start, end } = offsets[block] ?? { start: 0, end: 0 };
          const written = document.serialise(edited(node, (tr) => tr.insertText(' zebra', position)));
          const after = text.slice(end);
          expect(written.slice(0, start), path).toBe(text.slice(0, start));
          expect(written.slice(written.length - after.length), path).toBe(after);
          const own = written.slice(start, written.length - after.length);
          expect(own, path).toContain('zebra');
          count.edits += 1;
          if (own.replace(' zebra', '') === blocks[block]?.source) count.justTheWord += 1;
        }
      }
      console.info(`${count.edits} edits, ${count.justTheWord} of them nothing but the word in the file`);
      expect(count.edits).toBeGreaterThan(500);
      expect(count.justTheWord).toBeGreaterThan(count.edits * 0.95);
    },
    5 * minutes,
  );
});

function blockOffsets(document: MarkdownDocument, text: string) {
  const whole = document.blocks.map(({ source, gap }) => source + gap).join('');
  let start = text.length - whole.length;
  return document.blocks.map(({ source, gap }) => {
    const span = { start, end: start + source.length };
    start = span.end + gap.length;
    return span;
  });
}

/** Behind the first word of every paragraph, heading and cell, in lists and quotes as well. */
function wordEnds(document: Node): number[] {
  const positions: number[] = [];
  document.descendants((node, position, parent) => {
    const isFirst = parent?.firstChild === node && parent.type.spec.code !== true;
    if (!node.isText || !isFirst) return;
    const word = /^\w+/.exec(node.text ?? '');
    if (word && node.marks.length === 0) positions.push(position + word[0].length);
  });
  return positions;
}
