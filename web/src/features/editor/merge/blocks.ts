/** Lines that belong together: `start` to before `end`. */
export interface Block {
  readonly kind: 'code' | 'table';
  readonly start: number;
  readonly end: number;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** The line under the head of a table. @see https://github.github.com/gfm/#delimiter-row */
const DELIMITERS = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/**
 * The stretches of Markdown whose lines mean something only together: code, front matter and tables. It sees
 * what stands at the left margin or in a list; that is enough to be careful by.
 */
export function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const end = (at === 0 ? frontMatterEnd(lines) : null) ?? codeEnd(lines, at);
    if (end !== null) blocks.push({ kind: 'code', start: at, end });
    const rows = end === null ? tableEnd(lines, at) : null;
    if (rows !== null) blocks.push({ kind: 'table', start: at, end: rows });
    at = end ?? rows ?? at + 1;
  }
  return blocks;
}

/** How many cells the delimiter row of a table has. */
export function columnsOf(delimiters: string): number {
  return delimiters
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|').length;
}

export function isDelimiterRow(line: string): boolean {
  return line.includes('|') && DELIMITERS.test(line);
}

function frontMatterEnd(lines: readonly string[]): number | null {
  if (lines[0]?.trimEnd() !== '---') return null;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  return end < 0 ? null : end + 1;
}

function codeEnd(lines: readonly string[], start: number): number | null {
  const fence = FENCE.exec(withoutMarker(lines[start] ?? ''))?.[1];
  if (fence === undefined) return null;
  for (let at = start + 1; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line.length >= fence.length && line === fence.charAt(0).repeat(line.length)) return at + 1;
  }
  return lines.length;
}

function tableEnd(lines: readonly string[], start: number): number | null {
  if (!lines[start]?.includes('|') || !isDelimiterRow(lines[start + 1] ?? '')) return null;
  let end = start + 2;
  while (end < lines.length && lines[end]?.trim() !== '') end += 1;
  return end;
}

/** A line without what makes it part of a list or a quote. */
function withoutMarker(line: string): string {
  return line.replace(/^[ \t]*(?:(?:[-*+]|\d{1,9}[.)]|>)[ \t]+)*/, '');
}
