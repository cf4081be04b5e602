import { diff3Merge } from 'node-diff3';
import { blocksOf } from './blocks';
import { clustersOf, someTableClashes } from './conflicts';
import { lineEndOf, linesOf, withLineFeeds } from './lines';
import { type Side, sideOf } from './side';
import { mergeWords } from './words';

/** Lines that are settled, or a place where two people changed the same. */
export type Piece =
  | { readonly kind: 'settled'; readonly lines: readonly string[] }
  | {
      readonly kind: 'conflict';
      readonly base: readonly string[];
      readonly mine: readonly string[];
      readonly theirs: readonly string[];
    };

/** Three versions made one, as far as they go together. */
export interface TextMerge {
  /** In order; together they are the text. */
  readonly pieces: readonly Piece[];
  /** What lines of the merged text end with. */
  readonly eol: string;
}

/** Above this many lines times lines the library's search, whose work grows so, is not asked. */
const MOST_WORK = 4_000_000;

/**
 * Merges three versions of a Markdown text. diff3 settles everything it can by line; what it calls a conflict is
 * looked at closer: neighbouring lines, and words of one line, go together as long as the changes do not touch.
 * Code and tables are treated with more care. Line ends follow whoever changed them, else the base; a text that
 * mixes them gets the one it uses most.
 * @see https://www.cis.upenn.edu/~bcpierce/papers/diff3-short.pdf A Formal Investigation of Diff3
 */
export function mergeText(base: string, mine: string, theirs: string): TextMerge {
  const [o, a, b] = [base, mine, theirs].map((text) => linesOf(withLineFeeds(text))) as Lines3;
  const eol = lineEnd(base, mine, theirs);
  if (same(a, b) || same(o, b)) return { pieces: [{ kind: 'settled', lines: a }], eol };
  if (same(o, a)) return { pieces: [{ kind: 'settled', lines: b }], eol };
  return { pieces: tidied(piecesOf(o, a, b)), eol };
}

type Lines3 = [o: string[], a: string[], b: string[]];

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

function lineEnd(base: string, mine: string, theirs: string): string {
  const [o, a, b] = [base, mine, theirs].map(lineEndOf);
  return (o === null || a === null || a === o ? (b ?? a) : a) ?? o ?? '\n';
}

function piecesOf(base: string[], mine: string[], theirs: string[]): Piece[] {
  const own = sideOf(base, mine);
  const other = sideOf(base, theirs);
  const blocks = blocksOf(base);
  // A table can clash where no two lines do.
  const byLines = someTableClashes(base, blocks, own, other) ? null : byLine(base, mine, theirs);
  if (byLines) return [{ kind: 'settled', lines: byLines }];
  const clusters = clustersOf(base, blocks, own, other);
  const pieces: Piece[] = [];
  let slot = 0;
  for (const [first, last] of clusters) {
    pieces.push({ kind: 'settled', lines: settledLines(base, own, other, slot, first - 1) });
    pieces.push({
      kind: 'conflict',
      base: base.slice(Math.ceil((first - 1) / 2), Math.floor((last - 1) / 2) + 1),
      mine: linesOfSide(base, own, first, last),
      theirs: linesOfSide(base, other, first, last),
    });
    slot = last + 1;
  }
  pieces.push({ kind: 'settled', lines: settledLines(base, own, other, slot, 2 * base.length) });
  return pieces;
}

/** What diff3 makes of it, null where it finds a conflict. */
function byLine(base: string[], mine: string[], theirs: string[]): string[] | null {
  if (base.length * Math.max(mine.length, theirs.length) > MOST_WORK) return null;
  const regions: { ok?: string[] }[] = diff3Merge(mine, base, theirs, { excludeFalseConflicts: true });
  return regions.every(({ ok }) => ok !== undefined) ? regions.flatMap(({ ok }) => ok ?? []) : null;
}

/** What one side made of the slots from `first` to `last`. */
function linesOfSide(base: readonly string[], side: Side, first: number, last: number): string[] {
  const lines: string[] = [];
  for (let slot = first; slot <= last; slot += 1) {
    const at = Math.floor(slot / 2);
    if (slot % 2 === 0) lines.push(...(side.insertions.get(at)?.lines ?? []));
    else lines.push(...lineOf(base, side, at));
  }
  return lines;
}

function lineOf(base: readonly string[], side: Side, at: number): string[] {
  const change = side.changes.get(at);
  if (change === undefined) return [base[at] ?? ''];
  return change.kind === 'edited' ? [change.line] : [];
}

/** What both made of slots on which they do not clash. */
function settledLines(
  base: readonly string[],
  mine: Side,
  theirs: Side,
  first: number,
  last: number,
): string[] {
  const lines: string[] = [];
  for (let slot = first; slot <= last; slot += 1) {
    const at = Math.floor(slot / 2);
    if (slot % 2 === 0) {
      lines.push(...((mine.insertions.get(at) ?? theirs.insertions.get(at))?.lines ?? []));
      continue;
    }
    const [own] = lineOf(base, mine, at);
    const [other] = lineOf(base, theirs, at);
    const line = base[at] ?? '';
    if (own === undefined || other === undefined) continue;
    lines.push(
      own === line || own === other ? other : other === line ? own : (mergeWords(line, own, other) ?? own),
    );
  }
  return lines;
}

/** Takes out of conflicts what both sides have at the ends, and joins what is settled. */
function tidied(pieces: readonly Piece[]): Piece[] {
  const tidy: Piece[] = [];
  const settle = (lines: readonly string[]): void => {
    if (lines.length === 0) return;
    const last = tidy.at(-1);
    if (last?.kind === 'settled')
      tidy[tidy.length - 1] = { kind: 'settled', lines: [...last.lines, ...lines] };
    else tidy.push({ kind: 'settled', lines });
  };
  for (const piece of pieces) {
    if (piece.kind === 'settled') {
      settle(piece.lines);
      continue;
    }
    const { mine, theirs } = piece;
    const most = Math.min(mine.length, theirs.length);
    let head = 0;
    while (head < most && mine[head] === theirs[head]) head += 1;
    let tail = 0;
    while (tail < most - head && mine.at(-1 - tail) === theirs.at(-1 - tail)) tail += 1;
    settle(mine.slice(0, head));
    const [own, other] = [mine.slice(head, mine.length - tail), theirs.slice(head, theirs.length - tail)];
    if (own.length + other.length > 0)
      tidy.push({ kind: 'conflict', base: piece.base, mine: own, theirs: other });
    settle(mine.slice(mine.length - tail));
  }
  return tidy;
}
