/** Somebody who can be mentioned. */
export interface Mentionable {
  readonly id: string;
  readonly name: string;
}

/** A link to a person: `[@Fry](person:ID)`. */
const LINK = /\]\(person:([\x21-\x28\x2a-\x7e]{1,128})\)/g;
/** An @ that begins a word: the one of an e-mail address does not. */
const AT = /(?<![\p{L}\p{N}_@./-])@(?=[\p{L}\p{N}])/gu;

/** Whether a text can mention anybody at all: to be asked before names are looked up. */
export function mayMention(markdown: string): boolean {
  return markdown.includes('@') || markdown.includes('](person:');
}

/**
 * Who is mentioned in a text more often than in the one before it, by id: what was there already was told.
 * @param before empty for a new document
 */
export function newlyMentioned(before: string, after: string, people: readonly Mentionable[]): Set<string> {
  const index = indexOf(people);
  const known = countMentions(before, index);
  const now = countMentions(after, index);
  return new Set([...now].filter(([id, count]) => count > (known.get(id) ?? 0)).map(([id]) => id));
}

interface Index {
  readonly ids: ReadonlySet<string>;
  /** By the first word of the name in lower case; longest name first. */
  readonly byFirstWord: ReadonlyMap<
    string,
    readonly { readonly name: string; readonly ids: readonly string[] }[]
  >;
}

function indexOf(people: readonly Mentionable[]): Index {
  const idsOf = new Map<string, string[]>();
  for (const { id, name } of people) {
    const key = fold(name.trim().replace(/\s+/g, ' '));
    if (key === '') continue;
    const ids = idsOf.get(key);
    if (ids) ids.push(id);
    else idsOf.set(key, [id]);
  }
  const byFirstWord = new Map<string, { name: string; ids: string[] }[]>();
  for (const [name, ids] of idsOf) {
    const first = firstWord(name);
    const names = byFirstWord.get(first);
    if (names) names.push({ name, ids });
    else byFirstWord.set(first, [{ name, ids }]);
  }
  for (const names of byFirstWord.values()) names.sort((a, b) => b.name.length - a.name.length);
  return { ids: new Set(people.map(({ id }) => id)), byFirstWord };
}

function countMentions(markdown: string, { ids, byFirstWord }: Index): Map<string, number> {
  const counts = new Map<string, number>();
  if (!mayMention(markdown)) return counts;
  const add = (id: string) => counts.set(id, (counts.get(id) ?? 0) + 1);
  const text = withoutCode(markdown);
  for (const [, id = ''] of text.matchAll(LINK)) if (ids.has(id)) add(id);
  // The words of such a link say the same once more.
  const words = text.replace(/\[[^\]\n]{0,200}\]\(person:[^)\n]{1,128}\)/g, ' ');
  for (const { index } of words.matchAll(AT)) {
    const rest = fold(words.slice(index + 1, index + 1 + 100)).replace(/\s+/g, ' ');
    const found = byFirstWord.get(firstWord(rest))?.find(({ name }) => beginsWithName(rest, name));
    for (const id of found?.ids ?? []) add(id);
  }
  return counts;
}

/** The name, and after it no more of a word: `@Fry` is not in `@Frying`, but in `@Fry’s`. */
function beginsWithName(text: string, name: string): boolean {
  return text.startsWith(name) && !/^[\p{L}\p{N}_]/u.test(text.slice(name.length));
}

function firstWord(text: string): string {
  return /^[\p{L}\p{N}_]+/u.exec(text)?.[0] ?? '';
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Takes code blocks and code spans out: an @ there is a decorator, a package or a shell prompt. */
function withoutCode(markdown: string): string {
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const [, mark = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== undefined) {
      if (mark !== '' && mark.startsWith(fence) && line.trim() === mark) fence = undefined;
    } else if (mark !== '') fence = mark;
    else kept.push(withoutSpans(line));
  }
  return kept.join('\n');
}

/** Takes code spans out of a line: from backticks to the next run of just as many. Linear, whatever the line. */
function withoutSpans(line: string): string {
  if (!line.includes('`')) return line;
  const runs = [...line.matchAll(/`+/g)].map(({ index, 0: { length } }) => ({ index, length }));
  /** Positions in `runs` by length, the last one first. */
  const ahead = new Map<number, number[]>();
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const { length } = runs[at] ?? { length: 0 };
    const same = ahead.get(length);
    if (same) same.push(at);
    else ahead.set(length, [at]);
  }
  const kept: string[] = [];
  let from = 0;
  for (let at = 0; at < runs.length; at += 1) {
    const opening = runs[at];
    const same = ahead.get(opening?.length ?? 0) ?? [];
    while (same.length > 0 && (same.at(-1) ?? 0) <= at) same.pop();
    const closing = runs[same.at(-1) ?? -1];
    if (!opening || !closing) continue;
    kept.push(line.slice(from, opening.index), ' ');
    from = closing.index + closing.length;
    at = same.pop() ?? at;
  }
  kept.push(line.slice(from));
  return kept.join('');
}
