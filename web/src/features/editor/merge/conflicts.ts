import { type Block, columnsOf, isDelimiterRow } from './blocks';
import type { Side } from './side';
import { mergeWords } from './words';

/** Slots from the first to the last that must be decided on together. */
export type Cluster = readonly [first: number, last: number];

/**
 * Finds where two sides did what does not go together.
 * @param base the lines both started from
 * @param blocks the blocks of the base
 * @returns clusters in order, none touching the next
 */
export function clustersOf(
  base: readonly string[],
  blocks: readonly Block[],
  mine: Side,
  theirs: Side,
): Cluster[] {
  const flagged = new Set<number>();
  for (let gap = 0; gap <= base.length; gap += 1) if (gapClashes(gap, mine, theirs)) flagged.add(2 * gap);
  for (const [line] of mine.changes)
    if (theirs.changes.has(line) && lineClashes(base, line, mine, theirs)) flagged.add(2 * line + 1);
  for (const block of blocks) {
    if (block.kind === 'code') for (const slot of codeClashes(block, mine, theirs)) flagged.add(slot);
    else if (tableClashes(base, block, mine, theirs)) flagged.add(2 * block.start + 1);
  }
  return grow([...flagged], blocks, mine, theirs);
}

/** True where rows and columns of a table would no longer fit, though no two lines clash. */
export function someTableClashes(
  base: readonly string[],
  blocks: readonly Block[],
  mine: Side,
  theirs: Side,
): boolean {
  return blocks.some((block) => block.kind === 'table' && tableClashes(base, block, mine, theirs));
}

/** Both put something there, or one put something next to what the other took away. */
function gapClashes(gap: number, mine: Side, theirs: Side): boolean {
  const own = mine.insertions.get(gap);
  const other = theirs.insertions.get(gap);
  if (own && other) return own.lines.join('\n') !== other.lines.join('\n');
  const [inserter, deleter] = own ? [mine, theirs] : [theirs, mine];
  const insertion = own ?? other;
  if (!insertion) return false;
  return [gap - 1, gap].some((line) => {
    const deleted = deleter.changes.get(line)?.kind === 'deleted';
    const change = inserter.changes.get(line);
    // What replaces a line that the other took away as well belongs to the conflict about that line.
    return deleted && (change === undefined || (change.kind === 'deleted' && change.unit === insertion.unit));
  });
}

function lineClashes(base: readonly string[], line: number, mine: Side, theirs: Side): boolean {
  const own = mine.changes.get(line);
  const other = theirs.changes.get(line);
  if (own?.kind === 'edited' && other?.kind === 'edited')
    return own.line !== other.line && mergeWords(base[line] ?? '', own.line, other.line) === null;
  return own?.kind !== other?.kind;
}

/** In code, edits of neighbouring lines depend on each other, and words are never mixed. */
function* codeClashes(block: Block, mine: Side, theirs: Side): Generator<number> {
  let last: { slot: number; who: 'mine' | 'theirs' | 'both' } | null = null;
  for (let slot = 2 * block.start + 1; slot < 2 * block.end; slot += 1) {
    const who = changedBy(slot, mine, theirs);
    if (who === null) continue;
    const own = mine.changes.get((slot - 1) / 2);
    const other = theirs.changes.get((slot - 1) / 2);
    if (own?.kind === 'edited' && other?.kind === 'edited' && own.line !== other.line) yield slot;
    if (last && last.who !== who && who !== 'both' && last.who !== 'both' && slot - last.slot <= 2) {
      for (let between = last.slot; between <= slot; between += 1) yield between;
    }
    last = { slot, who };
  }
}

function changedBy(slot: number, mine: Side, theirs: Side): 'mine' | 'theirs' | 'both' | null {
  const changes = (side: Side): boolean =>
    slot % 2 === 0 ? side.insertions.has(slot / 2) : side.changes.has((slot - 1) / 2);
  if (changes(mine)) return changes(theirs) ? 'both' : 'mine';
  return changes(theirs) ? 'theirs' : null;
}

/** One changed the columns of a table, and the other anything in it: rows would no longer fit. */
function tableClashes(base: readonly string[], table: Block, mine: Side, theirs: Side): boolean {
  const touches = (side: Side): boolean => {
    for (let line = table.start; line < table.end; line += 1)
      if (side.changes.has(line) || (line > table.start && side.insertions.has(line))) return true;
    return appendsRows(table, side);
  };
  const reshapes = (side: Side): boolean => {
    const change = side.changes.get(table.start + 1);
    if (change === undefined) return false;
    if (change.kind === 'deleted' || !isDelimiterRow(change.line)) return true;
    return columnsOf(change.line) !== columnsOf(base[table.start + 1] ?? '');
  };
  return (reshapes(mine) && touches(theirs)) || (reshapes(theirs) && touches(mine));
}

function appendsRows(table: Block, side: Side): boolean {
  return side.insertions.get(table.end)?.lines[0]?.includes('|') ?? false;
}

/** Takes into each cluster the whole of every unit and table that it touches. */
function grow(slots: readonly number[], blocks: readonly Block[], mine: Side, theirs: Side): Cluster[] {
  const wholes = [
    ...mine.units,
    ...theirs.units,
    ...blocks
      .filter(({ kind }) => kind === 'table')
      .map((table): Cluster => {
        const rows = appendsRows(table, mine) || appendsRows(table, theirs);
        return [2 * table.start + 1, rows ? 2 * table.end : 2 * table.end - 1];
      }),
  ].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let clusters = union(slots.map((slot) => [slot, slot]));
  for (;;) {
    const grown = union([
      ...clusters,
      ...wholes.filter(([first, last]) => clusters.some(([from, to]) => first <= to && last >= from)),
    ]);
    if (String(grown) === String(clusters)) return grown;
    clusters = grown;
  }
}

function union(ranges: readonly Cluster[]): Cluster[] {
  const joined: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const before = joined.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}
