import type { Person, PresenceStatus } from '@doclight/protocol';
import type { OthersPresence } from './others';

const WORDS: Readonly<Record<PresenceStatus, string>> = { free: 'Free', read: 'Reading', edit: 'Editing' };

/** The label's text in its parts: `Editing` · `Leela` `+2`. */
export interface LabelText {
  readonly word: string;
  /** People of the phase that the word names; empty when free. */
  readonly names: string;
}

/**
 * What a label says: the state, the first name of whoever causes it, and how many more.
 * @param room how many names may be spelt out
 */
export function labelText(others: OthersPresence, room = 1): LabelText {
  const word = WORDS[others.status];
  if (others.status === 'free') return { word, names: '' };
  const editing = others.status === 'edit';
  const people = editing ? others.editors : others.readers;
  const count = editing ? others.editorCount : others.readerCount;
  const named = people.slice(0, room).map((person) => person.name);
  const more = count - named.length;
  if (named.length === 0) return { word, names: count === 1 ? '1 person' : `${count} people` };
  return { word, names: more > 0 ? `${named.join(', ')} +${more}` : named.join(', ') };
}

/** True when somebody else has changes that are not saved. */
export function hasUnsaved(others: OthersPresence): boolean {
  return others.editors.some((person) => person.unsaved);
}

/** What one person does, e.g. `editing for 12 min, idle, unsaved changes`. */
export function describePerson(person: Person, phase: 'read' | 'edit', now: number): string {
  const duration = durationOf(person, now);
  const verb = phase === 'edit' ? 'editing' : 'reading';
  const parts = [duration === null ? verb : `${verb} for ${duration}`];
  if (person.attention === 'idle') parts.push('idle');
  if (person.attention === 'hidden') parts.push('in another tab');
  if (person.unsaved) parts.push('unsaved changes');
  return parts.join(', ');
}

/** How long a person has been in their phase, e.g. `12 min`; null within the first minute. */
export function durationOf(person: Person, now: number): string | null {
  const minutes = Math.floor((now - Date.parse(person.since)) / 60_000);
  if (minutes < 1) return null;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}
