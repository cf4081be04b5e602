import type { Node } from '@tiptap/pm/model';
import type { RootContent, Table, TableCell } from 'mdast';
import { endOf, startOf } from './parse';
import { patchInline } from './patch-inline';
import type { SourceBlock } from './source';
import { blocksToMdast, cellToMdast } from './to-mdast';
import { type Surroundings, writePhrase } from './write';

/** A patched source: its old bytes around what was written anew. */
export interface Patched {
  head: string;
  middle: string;
  tail: string;
}

/**
 * Ways to write `after` by changing as little as possible of the source of `before`, least change first. None
 * of them is known to be right: the caller reads each and takes the first that means what `after` means.
 * Quotes and lists are not for here: what they hold are blocks of their own.
 */
export function patchesOf(before: SourceBlock, after: Node, around: Surroundings): Patched[] {
  const { tree, node } = before;
  if (!tree || node.type !== after.type) return [];
  switch (tree.type) {
    case 'paragraph':
    case 'heading': {
      if (node.attrs.level !== after.attrs.level || tree.children.length === 0) return [];
      const patch = patchInline(before.source, tree.children, node.content, after.content, 'flow', around);
      return (patch?.candidates ?? []).map((text) => ({
        head: before.source.slice(0, patch?.start),
        middle: lines(text, around),
        tail: before.source.slice(patch?.end),
      }));
    }
    case 'code':
      return patchCode(before, after, around).map(whole);
    case 'table':
      return patchTable(before, tree, after, around).map(whole);
    default:
      return [];
  }
}

function whole(text: string): Patched {
  return { head: text, middle: '', tail: '' };
}

/** Other code between the same fences. */
function patchCode(before: SourceBlock, after: Node, around: Surroundings): string[] {
  const { language, meta } = before.node.attrs;
  if (language !== after.attrs.language || meta !== after.attrs.meta) return [];
  const fences =
    /^([ \t]*(?:`{3,}|~{3,})[^\r\n]*)(?:\r\n|\r|\n)(?:[\s\S]*(?:\r\n|\r|\n))?([ \t]*(?:`{3,}|~{3,}))$/.exec(
      before.source,
    );
  if (!fences) return [];
  const { eol } = around.style;
  const [, open = '', close = ''] = fences;
  const text = after.textContent;
  return [[open, ...(text === '' ? [] : [lines(text, around)]), close].join(eol)];
}

/** The same table with some cells changed, each in its place: as typed, or escaped. */
function patchTable(before: SourceBlock, tree: Table, after: Node, around: Surroundings): string[] {
  const typed = patchCells(before, tree, after, around, 'typed');
  const escaped = patchCells(before, tree, after, around, 'escaped');
  return [typed, escaped].filter((text) => text !== null);
}

function patchCells(
  { node, source: original }: SourceBlock,
  tree: Table,
  after: Node,
  around: Surroundings,
  spelling: 'typed' | 'escaped',
): string | null {
  if (node.childCount !== after.childCount) return null;
  let source = original;
  // From the end, so that offsets of what is still to come stay right.
  for (let row = node.childCount - 1; row >= 0; row -= 1) {
    const [oldRow, newRow] = [node.child(row), after.child(row)];
    if (oldRow === newRow) continue;
    if (oldRow.childCount !== newRow.childCount) return null;
    for (let column = oldRow.childCount - 1; column >= 0; column -= 1) {
      const [was, is] = [oldRow.child(column), newRow.child(column)];
      if (was.attrs.align !== is.attrs.align) return null;
      if (was.eq(is)) continue;
      const cell = tree.children[row]?.children[column];
      const patched = cell ? patchCell(source, cell, was, is, around, spelling) : null;
      if (patched === null) return null;
      source = patched;
    }
  }
  return source;
}

function patchCell(
  source: string,
  cell: TableCell,
  before: Node,
  after: Node,
  around: Surroundings,
  spelling: 'typed' | 'escaped',
): string | null {
  if (cell.children.length === 0) {
    const bars = /^(\|?)\s*(\|?)$/.exec(source.slice(startOf(cell), endOf(cell)));
    const written = writePhrase(cellToMdast(after, around.references), 'cell', around.style);
    const text = [bars?.[1], written, bars?.[2]].filter(Boolean).join(' ');
    return bars ? spliced(source, { start: startOf(cell), end: endOf(cell) }, text) : null;
  }
  const content = (node: Node) => node.firstChild?.content ?? node.content;
  const patch = patchInline(source, cell.children, content(before), content(after), 'cell', around);
  const text = spelling === 'typed' ? patch?.candidates.at(0) : patch?.candidates.at(-1);
  return text === undefined ? null : spliced(source, patch, text);
}

function spliced(source: string, at: { start: number; end: number } | null, text: string): string {
  return at ? source.slice(0, at.start) + text + source.slice(at.end) : source;
}

function lines(text: string, around: Surroundings): string {
  return text.replaceAll('\n', around.style.eol);
}

/** The tree of one rich block, or null where it leaves no trace. */
export function treeOf(node: Node, around: Surroundings): RootContent | null {
  return blocksToMdast([node], around.references)[0] ?? null;
}
