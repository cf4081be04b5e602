import { linesOf, withLineFeeds } from './lines';
import { mergeText, type Piece, type TextMerge } from './merge-text';

/** The parts of a document that people type. */
export interface Words {
  readonly title: string;
  readonly abstract: string;
  readonly text: string;
}

export type Field = keyof Words;

/** What a person decided about one place that both changed. `by-hand`: with these words. */
export type Choice =
  | { readonly kind: 'mine' | 'theirs' | 'both' }
  | { readonly kind: 'by-hand'; readonly text: string };

/** Choices by the key of the place they are about. */
export type Choices = ReadonlyMap<string, Choice>;

/** A place that both changed, waiting for a choice. */
export interface Conflict {
  /** The same for as long as both sides say the same there. */
  readonly key: string;
  readonly field: Field;
  readonly base: string;
  readonly mine: string;
  readonly theirs: string;
  /** The settled line before and after, for orientation; empty where there is none. */
  readonly before: string;
  readonly after: string;
}

type Place =
  | { readonly kind: 'settled'; readonly lines: readonly string[] }
  | { readonly kind: 'conflict'; readonly conflict: Conflict; readonly piece: Piece & { kind: 'conflict' } };

interface FieldMerge {
  readonly places: readonly Place[];
  readonly eol: string;
  /** The field as it is, to the byte, where only one side changed it. */
  readonly exact: string | null;
}

/** Three versions of a document's words made one, as far as they go together. */
export interface DraftMerge {
  readonly fields: Readonly<Record<Field, FieldMerge>>;
  /** In the order of the page. */
  readonly conflicts: readonly Conflict[];
}

const FIELDS: readonly Field[] = ['title', 'abstract', 'text'];

/** Merges what `mine` and `theirs` made of `base`, each field by itself. A title that both changed is a conflict. */
export function mergeDraft(base: Words, mine: Words, theirs: Words): DraftMerge {
  const fields = Object.fromEntries(
    FIELDS.map((field) => [field, mergeField(field, base[field], mine[field], theirs[field])]),
  ) as Record<Field, FieldMerge>;
  const conflicts = FIELDS.flatMap((field) =>
    fields[field].places.flatMap((place) => (place.kind === 'conflict' ? [place.conflict] : [])),
  );
  return { fields, conflicts };
}

/** How many places still wait for a choice. */
export function undecided(merge: DraftMerge, choices: Choices): readonly Conflict[] {
  return merge.conflicts.filter(({ key }) => !choices.has(key));
}

/** The merged words; a place without a choice keeps what is mine. */
export function resolve(merge: DraftMerge, choices: Choices): Words {
  const { title, abstract, text } = merge.fields;
  return {
    title: resolveField(title, choices),
    abstract: resolveField(abstract, choices),
    text: resolveField(text, choices),
  };
}

/** What a choice puts in the place of a conflict. */
export function chosenText(conflict: Conflict, choice: Choice): string {
  if (choice.kind === 'by-hand') return choice.text;
  if (choice.kind !== 'both') return conflict[choice.kind];
  return bothLines(textLines(conflict.mine), textLines(conflict.theirs)).join('\n');
}

function mergeField(field: Field, base: string, mine: string, theirs: string): FieldMerge {
  if (mine === base || mine === theirs) return settled(theirs);
  if (theirs === base) return settled(mine);
  const { pieces, eol } = field === 'title' ? wholly(base, mine, theirs) : mergeText(base, mine, theirs);
  const keys = new Map<string, number>();
  const places = pieces.map((piece, index): Place => {
    if (piece.kind === 'settled') return piece;
    const sides = {
      base: piece.base.join('\n'),
      mine: piece.mine.join('\n'),
      theirs: piece.theirs.join('\n'),
    };
    const name = JSON.stringify([field, sides]);
    const count = keys.get(name) ?? 0;
    keys.set(name, count + 1);
    const neighbours = { before: lineAt(pieces[index - 1], -1), after: lineAt(pieces[index + 1], 0) };
    return { kind: 'conflict', piece, conflict: { key: `${name}${count}`, field, ...sides, ...neighbours } };
  });
  return { places, eol, exact: null };
}

function settled(text: string): FieldMerge {
  return { places: [], eol: '\n', exact: text };
}

function wholly(base: string, mine: string, theirs: string): TextMerge {
  return { pieces: [{ kind: 'conflict', base: [base], mine: [mine], theirs: [theirs] }], eol: '\n' };
}

/** The nearest line of a settled piece that says something. */
function lineAt(piece: Piece | undefined, end: 0 | -1): string {
  if (piece?.kind !== 'settled') return '';
  const says = (line: string): boolean => line.trim() !== '';
  return (end === 0 ? piece.lines.find(says) : piece.lines.findLast(says)) ?? '';
}

function resolveField({ places, eol, exact }: FieldMerge, choices: Choices): string {
  if (exact !== null) return exact;
  return places
    .flatMap((place) => (place.kind === 'settled' ? place.lines : chosenLines(place, choices)))
    .join(eol);
}

function chosenLines(place: Place & { kind: 'conflict' }, choices: Choices): readonly string[] {
  const choice = choices.get(place.conflict.key) ?? { kind: 'mine' };
  if (choice.kind === 'by-hand') return textLines(withLineFeeds(choice.text));
  if (choice.kind === 'both') return bothLines(place.piece.mine, place.piece.theirs);
  return place.piece[choice.kind];
}

/** No text is no line: what is taken out by hand leaves no blank line behind. */
function textLines(text: string): string[] {
  return text === '' ? [] : linesOf(text);
}

/** Lines that may follow each other directly and stay what they are. */
const STANDS_CLOSE = /^\s*(?:[-*+]\s|\d{1,9}[.)]\s|\||>|$)/;

function bothLines(mine: readonly string[], theirs: readonly string[]): string[] {
  const [last, first] = [mine.at(-1), theirs[0]];
  if (last === undefined || first === undefined) return [...mine, ...theirs];
  // Two paragraphs would become one.
  const apart = !STANDS_CLOSE.test(last) || !STANDS_CLOSE.test(first);
  return apart ? [...mine, '', ...theirs] : [...mine, ...theirs];
}
