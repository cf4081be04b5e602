import type { Fragment, Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { matchLines } from '@/lib/diff/match-lines';

/**
 * Makes `next` of the document, around everything that stays the same: a caret there stays where it is, and what
 * was done there can still be undone.
 */
export function replaceChanged(tr: Transaction, next: Node): Transaction {
  replaceChildren(tr, 0, tr.doc, next);
  // Where the pieces did not fit together as they should, the whole does.
  if (!tr.doc.eq(next)) tr.replaceWith(0, tr.doc.content.size, next.content);
  return tr;
}

/** @param at where the content of `old` starts */
function replaceChildren(tr: Transaction, at: number, old: Node, now: Node): void {
  // From the end, so that the positions before hold.
  for (const { before, after } of changedBlocks(old, now).reverse()) {
    const becomes = now.children.slice(after.from, after.to);
    const [one] = old.children.slice(before.from, before.to);
    const [other] = becomes;
    const from = at + startOf(old, before.from);
    const single = before.to - before.from === 1 && becomes.length === 1;
    if (!single || !one || !other || !one.sameMarkup(other) || one.isAtom)
      tr.replaceWith(from, at + startOf(old, before.to), becomes);
    else if (one.isTextblock) replaceWithin(tr, from + 1, one, other);
    else replaceChildren(tr, from + 1, one, other);
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The stretches of blocks that differ, by index. */
function changedBlocks(doc: Node, next: Node): { before: Range; after: Range }[] {
  const [old, now] = [keysOf(doc.content), keysOf(next.content)];
  const hunks: { before: Range; after: Range }[] = [];
  let from = { before: 0, after: 0 };
  const end = { before: old.length, after: now.length, count: 0 };
  for (const { before, after, count } of [...matchLines(old, now), end]) {
    if (before > from.before || after > from.after)
      hunks.push({ before: { from: from.before, to: before }, after: { from: from.after, to: after } });
    from = { before: before + count, after: after + count };
  }
  return hunks;
}

function keysOf(content: Fragment): string[] {
  return content.content.map((node) => JSON.stringify(node.toJSON()));
}

function startOf(doc: Node, index: number): number {
  return doc.children.slice(0, index).reduce((size, { nodeSize }) => size + nodeSize, 0);
}

/** @param at where the content of `old` starts */
function replaceWithin(tr: Transaction, at: number, old: Node, now: Node): void {
  const start = old.content.findDiffStart(now.content);
  const end = old.content.findDiffEnd(now.content);
  if (start === null || !end) return;
  // The same letters can count for both ends, as in `a` becoming `aa`.
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  tr.replace(at + start, at + end.a + overlap, now.slice(start, end.b + overlap));
}
