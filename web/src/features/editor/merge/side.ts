import { type Budget, pairLines } from '@/lib/diff/pair-lines';
import { hunksOf } from './lines';

/** What somebody did to one line of the base. */
export type LineChange =
  | { readonly kind: 'deleted'; readonly unit: number }
  | { readonly kind: 'edited'; readonly line: string };

/** Lines that somebody put between two lines of the base. */
export interface Insertion {
  readonly lines: readonly string[];
  readonly unit: number;
}

/**
 * What one side did to the base, told by its slots: slot `2i` is the gap before line `i`, slot `2i + 1` the line
 * itself. Lines that were taken out and those put in their place are one unit: they stand or fall together.
 */
export interface Side {
  readonly insertions: ReadonlyMap<number, Insertion>;
  readonly changes: ReadonlyMap<number, LineChange>;
  /** First and last slot of each unit. */
  readonly units: readonly (readonly [number, number])[];
}

/** How much of comparing line with line there may be in a text, in words. */
const WORDS_TO_COMPARE = 2_000_000;

/** Finds out what became of the lines of `base`. */
export function sideOf(base: readonly string[], side: readonly string[]): Side {
  const insertions = new Map<number, Insertion>();
  const changes = new Map<number, LineChange>();
  const units: (readonly [number, number])[] = [];
  const budget: Budget = { words: WORDS_TO_COMPARE };

  /** Lines `from` to before `to` of the base became `lines`. */
  const replace = (from: number, to: number, lines: readonly string[]): void => {
    if (from === to && lines.length === 0) return;
    const unit = units.length;
    for (let at = from; at < to; at += 1) changes.set(at, { kind: 'deleted', unit });
    if (lines.length > 0) insertions.set(to, { lines, unit });
    units.push([from === to ? 2 * to : 2 * from + 1, lines.length > 0 ? 2 * to : 2 * to - 1]);
  };

  for (const { start, length, otherStart, otherLength } of hunksOf(base, side)) {
    const added = side.slice(otherStart, otherStart + otherLength);
    let from = start;
    let other = 0;
    for (const [at, becomes] of pairsOf(base.slice(start, start + length), added, budget)) {
      replace(from, start + at, added.slice(other, becomes));
      changes.set(start + at, { kind: 'edited', line: added[becomes] ?? '' });
      from = start + at + 1;
      other = becomes + 1;
    }
    replace(from, start + length, added.slice(other));
  }
  return { insertions, changes, units };
}

/** Which removed line became which added one. */
function pairsOf(removed: readonly string[], added: readonly string[], budget: Budget): [number, number][] {
  if (removed.length === 1 && added.length === 1) return [[0, 0]];
  return pairLines(removed, added, 0, 0, budget).flatMap(({ before, after }): [number, number][] =>
    before === null || after === null ? [] : [[before, after]],
  );
}
