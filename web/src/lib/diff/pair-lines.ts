import { isWord, tokensOf } from './words';

/** A line before, what became of it, or one of both that has no counterpart; by index. */
export interface Pair {
  readonly before: number | null;
  readonly after: number | null;
}

/** How much comparing is left, in words; shared by all blocks of a text so that the whole is bounded. */
export interface Budget {
  words: number;
}

/** Lines that have less in common than this, 0 to 1, are two lines and not one that changed. */
const LEAST_ALIKE = 0.34;

/** The words of a line with how often they occur. */
interface Bag {
  readonly counts: ReadonlyMap<string, number>;
  readonly size: number;
}

/**
 * Finds which added line is which removed one, changed. In order: pairs never cross.
 * @param beforeFrom index of the first removed line
 * @param afterFrom index of the first added line
 */
export function pairLines(
  removed: readonly string[],
  added: readonly string[],
  beforeFrom: number,
  afterFrom: number,
  budget: Budget,
): Pair[] {
  const old = removed.map(bagOf);
  const now = added.map(bagOf);
  const words = old.reduce((sum, bag) => sum + bag.size, 0) + old.length;
  const cost = words * now.length;
  const pairs = cost <= budget.words ? bestPairs(old, now) : pairsByPlace(old, now);
  budget.words -= Math.min(cost, budget.words);
  return withSingles(pairs, removed.length, added.length).map(({ before, after }) => ({
    before: before === null ? null : before + beforeFrom,
    after: after === null ? null : after + afterFrom,
  }));
}

function bagOf(line: string): Bag {
  const counts = new Map<string, number>();
  let size = 0;
  for (const token of tokensOf(line)) {
    if (!isWord(token)) continue;
    counts.set(token, (counts.get(token) ?? 0) + 1);
    size += 1;
  }
  return { counts, size };
}

/** How alike two lines are, 0 to 1, by the words they share (Sørensen and Dice). */
function alikeness(a: Bag | undefined, b: Bag | undefined): number {
  if (!a || !b || a.size + b.size === 0) return 0;
  let shared = 0;
  for (const [word, count] of a.counts) shared += Math.min(count, b.counts.get(word) ?? 0);
  return (2 * shared) / (a.size + b.size);
}

/** The pairs with the most in common altogether, by dynamic programming. */
function bestPairs(old: readonly Bag[], now: readonly Bag[]): [number, number][] {
  const width = now.length + 1;
  const best = new Float64Array((old.length + 1) * width);
  const alike = new Float64Array(old.length * now.length);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const value = alikeness(old[i], now[j]);
      alike[i * now.length + j] = value;
      const paired = value >= LEAST_ALIKE ? value + (best[(i + 1) * width + j + 1] ?? 0) : 0;
      best[i * width + j] = Math.max(paired, best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  let i = 0;
  let j = 0;
  while (i < old.length && j < now.length) {
    const here = best[i * width + j] ?? 0;
    const value = alike[i * now.length + j] ?? 0;
    if (value >= LEAST_ALIKE && here === value + (best[(i + 1) * width + j + 1] ?? 0)) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (here === (best[(i + 1) * width + j] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** For blocks too large to compare everything: each line with the one at its place. */
function pairsByPlace(old: readonly Bag[], now: readonly Bag[]): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < Math.min(old.length, now.length); i += 1)
    if (alikeness(old[i], now[i]) >= LEAST_ALIKE) pairs.push([i, i]);
  return pairs;
}

/** Puts the lines without a counterpart between the pairs, removed ones first. */
function withSingles(pairs: readonly (readonly [number, number])[], removed: number, added: number): Pair[] {
  const all: Pair[] = [];
  let before = 0;
  let after = 0;
  for (const [i, j] of [...pairs, [removed, added] as const]) {
    for (; before < i; before += 1) all.push({ before, after: null });
    for (; after < j; after += 1) all.push({ before: null, after });
    if (i === removed) break;
    all.push({ before: i, after: j });
    before = i + 1;
    after = j + 1;
  }
  return all;
}
