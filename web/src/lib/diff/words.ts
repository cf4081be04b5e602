import { diffArrays } from 'diff';

/** A piece of a changed line, or of a title. */
export interface Piece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/**
 * Words, runs of white space, and single signs. Scripts that write no spaces count by character, and an
 * emoji with all that belongs to it is one sign.
 */
const TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*(?:['’][\p{L}\p{M}\p{N}_]+)*|\s+|\p{Extended_Pictographic}(?:[\p{M}\p{Emoji_Modifier}]|\u200d\p{Extended_Pictographic})*|[\s\S]\p{M}*/gu;
const WORD = /[\p{L}\p{N}]/u;

/** Most insertions and deletions looked for in a line; beyond it, all between its ends is replaced. */
const MOST_EDITS = 400;
/** Where less than this share of a line stays, single words in common only scatter it. */
const LEAST_KEPT = 0.2;

/** A line as tokens; together they are the line again. */
export function tokensOf(line: string): string[] {
  return line.match(TOKEN) ?? [];
}

/** True for a token that says something: white space and punctuation do not. */
export function isWord(token: string): boolean {
  return WORD.test(token);
}

/**
 * What changed between two lines, by word. All but the added pieces are the old line, all but the
 * removed ones the new line; of each change the removed piece comes first.
 */
export function diffWords(before: string, after: string): Piece[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const old = tokensOf(before);
  const now = tokensOf(after);
  const parts = diffArrays(old, now, { maxEditLength: MOST_EDITS });
  const pieces = parts
    ? parts.map(({ added, removed, value }): Piece => {
        return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value.join('') };
      })
    : replaceBetweenEnds(old, now);
  const tidied = tidy(pieces);
  const kept = tidied.reduce((sum, { kind, text }) => (kind === 'same' ? sum + text.length : sum), 0);
  if (kept >= LEAST_KEPT * Math.min(before.length, after.length)) return tidied;
  return tidy([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]);
}

function replaceBetweenEnds(old: readonly string[], now: readonly string[]): Piece[] {
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const text = (tokens: readonly string[]): string => tokens.join('');
  return [
    { kind: 'same', text: text(old.slice(0, head)) },
    { kind: 'removed', text: text(old.slice(head, old.length - tail)) },
    { kind: 'added', text: text(now.slice(head, now.length - tail)) },
    { kind: 'same', text: text(old.slice(old.length - tail)) },
  ];
}

/** Joins what touches, and takes a space or comma between two changes into them: it reads as one. */
function tidy(pieces: readonly Piece[]): Piece[] {
  const tidied: Piece[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    if (removed !== '') tidied.push({ kind: 'removed', text: removed });
    if (added !== '') tidied.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  pieces.forEach(({ kind, text }, index) => {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else if (text !== '') {
      const next = pieces[index + 1];
      // Only where both sides go on: a new word behind a space leaves the space alone.
      const between = removed !== '' && added !== '' && next !== undefined && !isWord(text);
      if (between && text.length <= 2) {
        removed += text;
        added += text;
        return;
      }
      flush();
      const last = tidied.at(-1);
      if (last?.kind === 'same') tidied[tidied.length - 1] = { kind, text: last.text + text };
      else tidied.push({ kind, text });
    }
  });
  flush();
  return tidied;
}
