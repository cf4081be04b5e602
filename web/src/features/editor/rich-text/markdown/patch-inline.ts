import type { Fragment, Node } from '@tiptap/pm/model';
import type { PhrasingContent } from 'mdast';
import { inlineToMdast } from './inline-to-mdast';
import { endOf, startOf } from './parse';
import { inlineToRich, NoRichForm } from './to-rich';
import { type Surroundings, writePhrase } from './write';

/** What one token (a character, or a thing in a line) of the old content was written as. */
interface Unit {
  /** Tokens it stands for. */
  from: number;
  to: number;
  /** Offsets into the source. */
  start: number;
  end: number;
}

export interface InlinePatch {
  /** Where the old source ends to be good. */
  start: number;
  end: number;
  /** What to put there, most natural first; the first that reads as meant is right. */
  candidates: string[];
}

/**
 * The smallest change of a line's source that turns its content from `before` into `after`: whole words, so
 * that every other word keeps its bytes. Null where source and content cannot be lined up.
 *
 * @param tree the parsed content, with offsets into `source`
 */
export function patchInline(
  source: string,
  tree: readonly PhrasingContent[],
  before: Fragment,
  after: Fragment,
  place: 'flow' | 'cell',
  around: Surroundings,
): InlinePatch | null {
  const units = unitsOf(source, tree, around);
  const oldTokens = tokensOf(before);
  const newTokens = tokensOf(after);
  if (!units || units.at(-1)?.to !== oldTokens.length) return null;

  let same = 0;
  while (same < oldTokens.length && oldTokens[same] === newTokens[same]) same += 1;
  const head = units.findLastIndex((unit) => unit.to <= same && isSpace(source, unit)) + 1;
  const headTokens = units[head]?.from ?? oldTokens.length;

  const most = Math.min(oldTokens.length, newTokens.length) - headTokens;
  let sameEnd = 0;
  while (sameEnd < most && oldTokens.at(-1 - sameEnd) === newTokens.at(-1 - sameEnd)) sameEnd += 1;
  const found = units.findIndex(
    (unit, index) => index >= head && unit.from >= oldTokens.length - sameEnd && isSpace(source, unit),
  );
  const tail = found === -1 ? units.length : found;
  const tailTokens = oldTokens.length - (units[tail]?.from ?? oldTokens.length);

  const start = units[head]?.start ?? units.at(-1)?.end ?? 0;
  const end = units[tail]?.start ?? units.at(-1)?.end ?? start;
  const middle = after.cut(headTokens, newTokens.length - tailTokens);
  return { start, end, candidates: spellings(middle, place, around) };
}

function spellings(middle: Fragment, place: 'flow' | 'cell', around: Surroundings): string[] {
  const words: string[] = [];
  middle.forEach((child) => {
    if (child.isText && child.marks.length === 0) words.push(child.text ?? '');
    else if (child.type.name === 'softBreak' && place === 'flow') words.push('\n');
    else words.push('\0');
  });
  const typed = words.join('');
  const edges = /^(\s*)[\s\S]*?(\s*)$/.exec(typed);
  const content = inlineToMdast(middle, around.references, place === 'cell' ? 'cell' : 'flow');
  const written = content.length === 0 ? '' : writePhrase(content, place, around.style);
  const spaced = (edges?.[1] ?? '') + written + (typed.trim() === '' ? '' : (edges?.[2] ?? ''));
  return typed.includes('\0') ? [spaced] : [typed, spaced];
}

/** White space is where a word can be cut off without touching what stands around. */
function isSpace(source: string, unit: Unit): boolean {
  return unit.to - unit.from === 1 && /^\s+$/.test(source.slice(unit.start, unit.end));
}

/** One string a token, equal exactly where the tokens are alike, marks included. */
function tokensOf(content: Fragment): string[] {
  const tokens: string[] = [];
  content.forEach((child: Node) => {
    const marks = JSON.stringify(child.marks);
    if (!child.isText) tokens.push(JSON.stringify([child.type.name, child.attrs, marks]));
    else for (const unit of (child.text ?? '').split('')) tokens.push(unit + marks);
  });
  return tokens;
}

function unitsOf(source: string, tree: readonly PhrasingContent[], around: Surroundings): Unit[] | null {
  const units: Unit[] = [];
  let from = 0;
  for (const node of tree) {
    const own = node.type === 'text' ? textUnits(source, node, from) : null;
    if (own) {
      units.push(...own);
    } else {
      const size = sizeOf(node, around);
      if (size === null) return null;
      units.push({ from, to: from + size, start: startOf(node), end: endOf(node) });
    }
    from = units.at(-1)?.to ?? from;
  }
  return units;
}

/** How many tokens a node becomes; null where the document no longer has what it refers to. */
function sizeOf(node: PhrasingContent, around: Surroundings): number | null {
  try {
    return inlineToRich([node], around).reduce((size, { nodeSize }) => size + nodeSize, 0);
  } catch (error) {
    if (error instanceof NoRichForm) return null;
    throw error;
  }
}

/** Lines up the characters of a text with their source, or answers null where escapes are too clever. */
function textUnits(source: string, node: PhrasingContent & { type: 'text' }, from: number): Unit[] | null {
  const units: Unit[] = [];
  let at = startOf(node);
  for (const character of node.value.replace(/\r\n?/g, '\n').split('')) {
    const length = spellingLength(source.slice(at, at + 40), character);
    if (length === 0) return null;
    const index = from + units.length;
    units.push({ from: index, to: index + 1, start: at, end: at + length });
    at += length;
  }
  return at === endOf(node) ? units : null;
}

/** How much of the start of `source` spells `character`; 0 for none. */
function spellingLength(source: string, character: string): number {
  if (character === '\n') return /^[ \t]*(?:\r\n|\r|\n)[ \t]*/.exec(source)?.[0].length ?? 0;
  if (source.startsWith(character) && character !== '\\' && character !== '&') return 1;
  if (source.startsWith(`\\${character}`) && /[!-/:-@[-`{-~]/.test(character)) return 2;
  const reference = /^&(?:#x?[\da-f]{1,7}|[a-z][\da-z]{1,31});/i.exec(source)?.[0].length ?? 0;
  if (reference > 0) return reference;
  return source.startsWith(character) ? 1 : 0;
}
