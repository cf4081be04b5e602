import type { TextDiff } from './text-diff';

/** One row of a diff as it is shown. */
export type DiffRow =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'removed'; readonly before: string }
  | { readonly kind: 'added'; readonly after: string }
  | { readonly kind: 'changed'; readonly before: string; readonly after: string }
  /** Unchanged lines that are not shown; `at` names the fold. */
  | { readonly kind: 'fold'; readonly at: number; readonly count: number };

/** Unchanged lines that stay around a change. */
const CONTEXT = 3;
/** Fewer are not worth a fold. */
const LEAST_FOLDED = 3;

/** A row with the place that it keeps while folds open and close. */
export interface PlacedRow {
  readonly key: string;
  readonly row: DiffRow;
}

/**
 * The rows of a diff, with what is unchanged folded.
 * @param open folds that were opened
 * @param most rows to give; there may be more
 */
export function rowsOf(diff: TextDiff, open: ReadonlySet<number>, most: number): PlacedRow[] {
  const rows: PlacedRow[] = [];
  const last = diff.blocks.length - 1;
  for (const [index, block] of diff.blocks.entries()) {
    if (rows.length >= most) break;
    if (!block.same) {
      for (const { before, after } of block.pairs) {
        if (rows.length >= most) break;
        rows.push({ key: `${before ?? ''}-${after ?? ''}`, row: changeOf(diff, before, after) });
      }
      continue;
    }
    const head = index === 0 ? 0 : CONTEXT;
    const tail = index === last ? 0 : CONTEXT;
    const hidden = block.count - head - tail;
    const folded = hidden >= LEAST_FOLDED && !open.has(block.before);
    for (let line = 0; line < block.count && rows.length < most; line += 1) {
      if (folded && line === head) {
        rows.push({
          key: `fold-${block.before}`,
          row: { kind: 'fold', at: block.before, count: hidden },
        });
        line += hidden;
        if (line >= block.count || rows.length >= most) break;
      }
      rows.push({
        key: `same-${block.before + line}`,
        row: { kind: 'same', text: diff.before[block.before + line] ?? '' },
      });
    }
  }
  return rows;
}

function changeOf(diff: TextDiff, before: number | null, after: number | null): DiffRow {
  const old = before === null ? '' : (diff.before[before] ?? '');
  const now = after === null ? '' : (diff.after[after] ?? '');
  if (before === null) return { kind: 'added', after: now };
  if (after === null) return { kind: 'removed', before: old };
  return { kind: 'changed', before: old, after: now };
}

/** A row of two columns: what stood there, and what stands there now; null: nothing. */
export interface SidesRow {
  readonly key: string;
  readonly row: DiffRow | { readonly kind: 'sides'; readonly before: string; readonly after: string };
}

/** Puts removed lines beside the added ones that follow them, for two columns. */
export function sideBySide(rows: readonly PlacedRow[]): SidesRow[] {
  const sides: SidesRow[] = [];
  let index = 0;
  while (index < rows.length) {
    const removed = runOf(rows, index, 'removed');
    const added = runOf(rows, index + removed, 'added');
    if (removed === 0 || added === 0) {
      const placed = rows[index];
      if (placed) sides.push(placed);
      index += 1;
      continue;
    }
    for (let line = 0; line < Math.max(removed, added); line += 1) {
      const old = line < removed ? rows[index + line] : undefined;
      const now = line < added ? rows[index + removed + line] : undefined;
      if (old?.row.kind === 'removed' && now?.row.kind === 'added')
        sides.push({
          key: `${old.key}+${now.key}`,
          row: { kind: 'sides', before: old.row.before, after: now.row.after },
        });
      else if (old ?? now) sides.push((old ?? now) as PlacedRow);
    }
    index += removed + added;
  }
  return sides;
}

function runOf(rows: readonly PlacedRow[], from: number, kind: DiffRow['kind']): number {
  let count = 0;
  while (rows[from + count]?.row.kind === kind) count += 1;
  return count;
}
