import { isWord, tokensOf } from '@/lib/diff/words';
import { hunksOf } from './lines';

/** Who kept less of a line than this wrote another one: words of two such lines are not mixed. */
const LEAST_KEPT = 1 / 3;

interface Change {
  readonly who: 'mine' | 'theirs' | 'both';
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Merges three versions of one line word by word.
 * @returns null where two changes touch: no word that both kept lies between them
 */
export function mergeWords(base: string, mine: string, theirs: string): string | null {
  const tokens = tokensOf(base);
  const changes = together(changesOf(tokens, mine, 'mine'), changesOf(tokens, theirs, 'theirs'));
  if (kept(tokens, changes, 'mine') < LEAST_KEPT || kept(tokens, changes, 'theirs') < LEAST_KEPT) return null;
  let merged = '';
  let at = 0;
  for (const [index, change] of changes.entries()) {
    const before = changes[index - 1];
    const between = tokens.slice(at, change.start);
    if (before && before.who !== change.who && !(change.start > at && between.some(isWord))) return null;
    merged += between.join('') + change.text;
    at = change.end;
  }
  return merged + tokens.slice(at).join('');
}

function changesOf(base: readonly string[], line: string, who: 'mine' | 'theirs'): Change[] {
  const tokens = tokensOf(line);
  return hunksOf(base, tokens).map(({ start, length, otherStart, otherLength }) => ({
    who,
    start,
    end: start + length,
    text: tokens.slice(otherStart, otherStart + otherLength).join(''),
  }));
}

/** The changes of both in order; those that both made alike once. */
function together(mine: readonly Change[], theirs: readonly Change[]): Change[] {
  const same = (a: Change) => (b: Change) => a.start === b.start && a.end === b.end && a.text === b.text;
  return [
    ...mine.map((change): Change => (theirs.some(same(change)) ? { ...change, who: 'both' } : change)),
    ...theirs.filter((change) => !mine.some(same(change))),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The share of the line's words that somebody left as they were. */
function kept(tokens: readonly string[], changes: readonly Change[], who: 'mine' | 'theirs'): number {
  const all = tokens.filter(isWord).length;
  const gone = changes
    .filter((change) => change.who !== (who === 'mine' ? 'theirs' : 'mine'))
    .flatMap(({ start, end }) => tokens.slice(start, end));
  return all === 0 ? 1 : 1 - gone.filter(isWord).length / all;
}
