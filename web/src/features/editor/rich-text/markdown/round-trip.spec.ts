import type { Node } from '@tiptap/pm/model';
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { canSplit } from '@tiptap/pm/transform';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownFiles } from '../testing/markdown-arbitrary';
import { MarkdownDocument } from './markdown-document';
import { normalForm } from './normal-form';
import { collectReferences, parseFile } from './parse';
import { blocksToMdast } from './to-mdast';

/** What happened at which part (0 to 1) of the document. */
interface Change {
  kind: 'type' | 'delete' | 'split' | 'move' | 'remove';
  at: number;
  text: string;
}

const changes: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('type', 'delete', 'split', 'move', 'remove'),
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
  text: fc.constantFrom(
    'word',
    ' two words ',
    '*',
    '_a_',
    '# ',
    '1. ',
    '- ',
    '<b>',
    '[ref]',
    '|',
    '`',
    '&lt;',
    '\\',
    '---',
    '> ',
    '+',
  ),
});

describe('any Markdown', { timeout: 60_000 }, () => {
  it('comes back byte for byte when nothing is typed', () => {
    fc.assert(
      fc.property(markdownFiles, (text) => {
        const document = new MarkdownDocument(text);
        document.node.check();
        expect(document.serialise(document.node)).toBe(text);
      }),
      { numRuns: 400, seed: 20261120 },
    );
  });

  it('comes back byte for byte when what was typed is undone', () => {
    fc.assert(
      fc.property(markdownFiles, changes, (text, change) => {
        const document = new MarkdownDocument(text);
        document.serialise(changed(document.node, change));
        // Made again from nothing but its content, as undo makes it.
        expect(document.serialise(document.node.type.schema.nodeFromJSON(document.node.toJSON()))).toBe(text);
      }),
      { numRuns: 200, seed: 20261120 },
    );
  });

  it('says after an edit what the person sees', () => {
    fc.assert(
      fc.property(markdownFiles, fc.array(changes, { minLength: 1, maxLength: 3 }), (text, edits) => {
        const document = new MarkdownDocument(text);
        const after = edits.reduce(changed, document.node);
        const written = document.serialise(after);
        expect(meaningOfFile(written)).toBe(meaningOfNode(after, written));
      }),
      { numRuns: 400, seed: 20261120 },
    );
  });
});

/** Raw blocks are plain source that people may break; typing is for the rich ones. */
function changed(document: Node, { kind, at, text }: Change): Node {
  const { tr } = EditorState.create({ doc: document });
  const blocks = document.children;
  const index = Math.floor(at * blocks.length);
  const block = blocks[index];
  if (!block) return document;
  let start = 0;
  for (const before of blocks.slice(0, index)) start += before.nodeSize;
  if (kind === 'move' || kind === 'remove') {
    if (blocks.length < 2) return document;
    tr.delete(start, start + block.nodeSize);
    if (kind === 'move') tr.insert(tr.doc.content.size, block);
    return tr.doc;
  }
  const { $from } = TextSelection.near(document.resolve(Math.floor(at * document.content.size)));
  if (!$from.parent.isTextblock || $from.parent.type.name === 'rawBlock') return document;
  if (kind === 'type') tr.insertText(text, $from.pos);
  if (kind === 'delete') tr.delete($from.pos, Math.min($from.pos + 3, $from.end()));
  if (kind === 'split' && $from.parent.type.name === 'paragraph' && canSplit(document, $from.pos)) {
    if ($from.node(-1).type.spec.tableRole === undefined) tr.split($from.pos);
  }
  return tr.doc;
}

function meaningOfFile(text: string): string {
  const tree = parseFile(text.replace(/^\uFEFF/, ''));
  return normalForm(tree.children.filter(isNoSeparator), {
    references: collectReferences(tree),
    strictness: 'written',
  });
}

function meaningOfNode(document: Node, written: string): string {
  const references = collectReferences(parseFile(written.replace(/^\uFEFF/, '')));
  const isFrontMatter = (node: Node) => node.attrs.kind === 'Front matter';
  // Wherever it is moved to, front matter is written to the top.
  const frontMatter = document.children
    .filter(isFrontMatter)
    .flatMap((node) => parseFile(node.textContent).children);
  const rest = blocksToMdast(
    document.children.filter((node) => !isFrontMatter(node)),
    references,
  );
  return normalForm([...frontMatter, ...rest], { references, strictness: 'written' });
}

/** The comment that is written between two blocks that would otherwise be one. */
function isNoSeparator(node: { type: string; value?: string }): boolean {
  return node.type !== 'html' || node.value !== '<!-- -->';
}
