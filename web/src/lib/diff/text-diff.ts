import { matchLines } from './match-lines';
import { type Pair, pairLines } from './pair-lines';

/** A stretch of lines that are the same, or the lines of one change. Indices count from 0. */
export type Block =
  | { readonly same: true; readonly before: number; readonly after: number; readonly count: number }
  | { readonly same: false; readonly pairs: readonly Pair[] };

/** What changed between two texts, line by line. */
export interface TextDiff {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** In order; together they hold every line of both sides once. */
  readonly blocks: readonly Block[];
  /** Lines that are new, gone, or changed. */
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** Words that are compared at most to find out which line became which: about 50 ms. */
const PAIRING_WORDS = 2_000_000;

/** A text as lines; an empty text has none. Joining them by `\n` gives the text again. */
export function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

/**
 * Compares two texts by line. Its work is bounded, also for the longest texts that have nothing in
 * common; what changed within a line is for `diffWords`, when the line is shown.
 */
export function diffText(before: string, after: string): TextDiff {
  const old = linesOf(before);
  const now = linesOf(after);
  const blocks: Block[] = [];
  const budget = { words: PAIRING_WORDS };
  const counts = { added: 0, removed: 0, changed: 0 };
  let oldAt = 0;
  let nowAt = 0;
  for (const match of [...matchLines(old, now), { before: old.length, after: now.length, count: 0 }]) {
    if (oldAt < match.before || nowAt < match.after) {
      const removed = old.slice(oldAt, match.before);
      const added = now.slice(nowAt, match.after);
      const pairs = pairLines(removed, added, oldAt, nowAt, budget);
      for (const pair of pairs) counts[kindOf(pair)] += 1;
      blocks.push({ same: false, pairs });
    }
    if (match.count > 0) blocks.push({ same: true, ...match });
    oldAt = match.before + match.count;
    nowAt = match.after + match.count;
  }
  return { before: old, after: now, blocks, ...counts };
}

function kindOf(pair: Pair): 'added' | 'removed' | 'changed' {
  if (pair.before === null) return 'added';
  return pair.after === null ? 'removed' : 'changed';
}
