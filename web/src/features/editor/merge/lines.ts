import { matchLines } from '@/lib/diff/match-lines';

/** A stretch of a list and what stands in its place in another one; indices from 0. */
export interface Hunk {
  readonly start: number;
  readonly length: number;
  readonly otherStart: number;
  readonly otherLength: number;
}

/** What differs between two lists of lines or of words, in order. */
export function hunksOf(from: readonly string[], to: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  let start = 0;
  let otherStart = 0;
  const end = { before: from.length, after: to.length, count: 0 };
  for (const { before, after, count } of [...matchLines(from, to), end]) {
    const length = before - start;
    const otherLength = after - otherStart;
    if (length > 0 || otherLength > 0) hunks.push({ start, length, otherStart, otherLength });
    start = before + count;
    otherStart = after + count;
  }
  return hunks;
}

/** The lines of a text whose line ends are line feeds; an empty text is one empty line. */
export function linesOf(text: string): string[] {
  return text.split('\n');
}

const EOLS = /\r\n|\r|\n/g;

/** The text with line feeds for line ends. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(EOLS, '\n') : text;
}

/** The line end that a text uses most; null where it has none. */
export function lineEndOf(text: string): string | null {
  const counts = new Map<string, number>();
  for (const [eol] of text.matchAll(EOLS)) counts.set(eol, (counts.get(eol) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? null;
}
