import { EditorState, TextSelection } from '@tiptap/pm/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarkdownDocument } from './markdown/markdown-document';
import { contentSchema } from './markdown/schema';
import { replaceChanged } from './replace-changed';
import { markdownFiles } from './testing/markdown-arbitrary';

const parse = (markdown: string) => new MarkdownDocument(markdown, contentSchema);

/** The text around a caret that stood behind `word` before the document became `after`. */
function caretAfter(before: string, word: string, after: string): string {
  const doc = parse(before).node;
  let at = -1;
  doc.descendants((node, position) => {
    const index = node.isText ? (node.text ?? '').indexOf(word) : -1;
    if (index >= 0) at = position + index + word.length;
  });
  const state = EditorState.create({ doc });
  const placed = state.apply(state.tr.setSelection(TextSelection.create(doc, at)));
  const next = placed.apply(replaceChanged(placed.tr, parse(after).node));
  const { $head } = next.selection;
  return `${$head.parent.textBetween(0, $head.parentOffset)}|${$head.parent.textBetween($head.parentOffset, $head.parent.content.size)}`;
}

describe('replaceChanged', () => {
  it('leaves the caret where it is, whatever changes around it', () => {
    const before = 'One.\n\nTwo is here.\n\nThree.';
    expect(caretAfter(before, 'Two', 'New.\n\nOne!\n\nTwo is here.\n\n- a\n- b')).toBe('Two| is here.');
    expect(caretAfter(before, 'Two', 'One.\n\nTwo is there, now.\n\nThree.')).toBe('Two| is there, now.');
    expect(caretAfter(before, 'here', 'One.\n\nNumber Two is here.\n\nThree.')).toBe('Number Two is here|.');
    expect(caretAfter('- a\n- b one\n- c', 'b', '- a\n- x\n- b one\n- c!')).toBe('b| one');
  });

  it('gives the other document, whichever two they are', () => {
    fc.assert(
      fc.property(markdownFiles, markdownFiles, (before, after) => {
        const next = parse(after).node;
        const state = EditorState.create({ doc: parse(before).node });
        const { doc } = state.apply(replaceChanged(state.tr, next));
        expect(doc.eq(next)).toBe(true);
        doc.check();
      }),
      { numRuns: 60 },
    );
  });
});
