import type { Person } from '@doclight/protocol';
import { durationOf } from './label-text';
import type { OthersPresence } from './others';

/** How many people a sentence has room for. */
const NAMED = 3;

/**
 * Who else is in a document, as one sentence: editors before readers, since when, and what one should
 * know before one types, e.g. `Fry has been editing for 12 min and has unsaved changes`.
 * @param now epoch milliseconds
 */
export function sentenceOf(others: OthersPresence, now: number): string {
  if (others.status === 'free') return 'Nobody else is here';
  const editing = others.status === 'edit';
  const people = editing ? others.editors : others.readers;
  const count = editing ? others.editorCount : others.readerCount;
  const verb = editing ? 'editing' : 'reading';
  const [first] = people;
  if (count === 1 && first) return aboutOne(first, verb, now);
  const named = people.slice(0, NAMED).map((person) => briefly(person, now));
  const more = count - named.length;
  if (named.length === 0) return `${more} people are ${verb}`;
  return `${join(more > 0 ? [...named, `${more} more`] : named)} are ${verb}`;
}

function aboutOne(person: Person, verb: string, now: number): string {
  const duration = durationOf(person, now);
  const since =
    duration === null
      ? `${person.name} has just begun ${verb}`
      : `${person.name} has been ${verb} for ${duration}`;
  const away = awayWord(person);
  const parts = [
    ...(person.unsaved ? ['has unsaved changes'] : []),
    ...(away === null ? [] : [`is ${away} now`]),
  ];
  return parts.length > 0 ? join([since, ...parts]) : since;
}

function briefly(person: Person, now: number): string {
  const facts = [durationOf(person, now), person.unsaved ? 'unsaved changes' : null, awayWord(person)];
  const known = facts.filter((fact) => fact !== null);
  return known.length > 0 ? `${person.name} (${known.join(', ')})` : person.name;
}

/** How somebody is away; null for who is at it. */
function awayWord({ attention }: Person): string | null {
  if (attention === 'idle') return 'idle';
  return attention === 'hidden' ? 'in another tab' : null;
}

function join(parts: readonly string[]): string {
  const head = parts.slice(0, -1).join(', ');
  const last = parts.at(-1) ?? '';
  return head === '' ? last : `${head} and ${last}`;
}
