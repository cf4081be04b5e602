import { type Block, splitBlocks } from './blocks';

/** Above this many comparisons, blocks are matched by their source alone, wherever they stand. */
const MOST_COMPARISONS = 1_000_000;

/** Starts of the blocks of `after` that are new or changed against `before`. */
export function changedBlocks(before: string, after: string): ReadonlySet<number> {
  if (before === after) return new Set();
  const old = splitBlocks(before);
  const now = splitBlocks(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head]?.source === now[head]?.source) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < now.length - head &&
    old.at(-1 - tail)?.source === now.at(-1 - tail)?.source
  )
    tail += 1;
  const middleOld = old.slice(head, old.length - tail);
  const middleNow = now.slice(head, now.length - tail);
  const kept =
    middleOld.length * middleNow.length > MOST_COMPARISONS
      ? keptAnywhere(middleOld, middleNow)
      : keptInOrder(middleOld, middleNow);
  return new Set(middleNow.filter((block) => !kept.has(block)).map((block) => block.start));
}

function keptAnywhere(old: readonly Block[], now: readonly Block[]): Set<Block> {
  const sources = new Set(old.map((block) => block.source));
  return new Set(now.filter((block) => sources.has(block.source)));
}

/** The blocks of `now` in a longest common subsequence with `old`. */
function keptInOrder(old: readonly Block[], now: readonly Block[]): Set<Block> {
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1)
    for (let column = now.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        old[row]?.source === now[column]?.source
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const kept = new Set<Block>();
  let row = 0;
  let column = 0;
  while (row < old.length && column < now.length) {
    const block = now[column];
    if (block && old[row]?.source === block.source) {
      kept.add(block);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return kept;
}
