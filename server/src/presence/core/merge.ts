import {
  type Attention,
  type DocumentPresence,
  MAX_LISTED_PEOPLE,
  type Person,
  type PresenceStatus,
} from '@doclight/protocol';
import type { Entry, Reach } from './presence-types.js';

const ATTENTION_RANK: Readonly<Record<Attention, number>> = { hidden: 0, idle: 1, active: 2 };

/** The more active of two attentions. */
export function mostActive(a: Attention, b: Attention): Attention {
  return ATTENTION_RANK[a] >= ATTENTION_RANK[b] ? a : b;
}

/**
 * One person's entries (of several sockets, or of several gateways) as one: the strongest phase
 * and since when, unsaved if any is, the most active attention.
 */
export function mergeEntries(entries: Iterable<Entry>): Entry | null {
  let merged: Entry | null = null;
  for (const entry of entries) {
    if (merged === null) {
      merged = entry;
      continue;
    }
    const stronger: Entry =
      merged.phase === entry.phase ? earlier(merged, entry) : merged.phase === 'edit' ? merged : entry;
    merged = {
      ...stronger,
      unsaved: merged.unsaved || entry.unsaved,
      attention: mostActive(merged.attention, entry.attention),
    };
  }
  return merged;
}

/** How a client is taken to be reached that says nothing of it. */
export const AT_THE_PAGE: Reach = { attention: 'active', desktop: false };

/** One person's reach over several sockets or gateways; null where there is none. */
export function mergeReach(reaches: Iterable<Reach>): Reach | null {
  let merged: Reach | null = null;
  for (const { attention, desktop } of reaches) {
    merged =
      merged === null
        ? { attention, desktop }
        : {
            attention: mostActive(merged.attention, attention),
            desktop: merged.desktop || desktop,
          };
  }
  return merged;
}

/** Whether two entries look the same to everybody. */
export function sameEntry(a: Entry | null, b: Entry | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return (
    a.phase === b.phase &&
    a.since === b.since &&
    a.unsaved === b.unsaved &&
    a.attention === b.attention &&
    a.user.name === b.user.name &&
    a.user.color === b.user.color
  );
}

/**
 * A document as everybody sees it.
 * @param people one entry a person
 */
export function documentPresence(
  workspaceId: string,
  documentId: string,
  version: number,
  people: Iterable<Entry>,
): DocumentPresence {
  const editors: Entry[] = [];
  const readers: Entry[] = [];
  for (const entry of people) (entry.phase === 'edit' ? editors : readers).push(entry);
  const listedEditors = editors.sort(bySince).slice(0, MAX_LISTED_PEOPLE);
  const listedReaders = readers.sort(bySince).slice(0, MAX_LISTED_PEOPLE - listedEditors.length);
  return {
    documentId,
    workspaceId,
    version,
    status: statusOf(editors.length, readers.length),
    readers: listedReaders.map(toPerson),
    editors: listedEditors.map(toPerson),
    readerCount: readers.length,
    editorCount: editors.length,
  };
}

function statusOf(editors: number, readers: number): PresenceStatus {
  if (editors > 0) return 'edit';
  return readers > 0 ? 'read' : 'free';
}

function toPerson({ user, since, unsaved, attention }: Entry): Person {
  return { ...user, since: new Date(since).toISOString(), unsaved, attention };
}

function earlier(a: Entry, b: Entry): Entry {
  return a.since <= b.since ? a : b;
}

function bySince(a: Entry, b: Entry): number {
  return a.since - b.since || (a.user.id < b.user.id ? -1 : 1);
}
