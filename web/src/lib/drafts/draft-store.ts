import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { createStore, type Store } from '../store';
import { DRAFTS } from './any-drafts';
import type { DraftRecord } from './draft-record';

interface DraftDatabase extends DBSchema {
  drafts: { key: string; value: DraftRecord; indexes: { userId: string } };
}

/** Drafts nobody came back for in this time are removed, in milliseconds: 90 days. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1_000;

/** Why drafts cannot be kept in this browser; null while they can. */
export type DraftTrouble = 'full' | 'unavailable';

/** Told to the person who types: what is on the page is then the only copy. */
export const draftTrouble: Store<DraftTrouble | null> = createStore<DraftTrouble | null>(null);

/** Grows with every change that is not by typing, so that lists of drafts look again. */
export const draftChanges: Store<number> = createStore(0);

let opened: Promise<IDBPDatabase<DraftDatabase>> | undefined;
/** The person signed out: what is on the page is not written down again. */
let closed = false;

function database(): Promise<IDBPDatabase<DraftDatabase>> {
  opened ??= openDB<DraftDatabase>(DRAFTS, 1, {
    upgrade(created) {
      created.createObjectStore('drafts', { keyPath: 'id' }).createIndex('userId', 'userId');
    },
    // Another tab has a newer version of the app, which waits for this one to let go.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

/** Opens the store ahead of time: a page that is being closed has no time for it. */
export function openDrafts(): void {
  database().catch(noteTrouble);
}

const writers = new Set<() => void>();

/** Has `flush` called when drafts must be written down at once, until the function it returns is called. */
export function onFlushDrafts(flush: () => void): () => void {
  writers.add(flush);
  return () => writers.delete(flush);
}

/** Writes down what is typed on this page and not written yet. Reads that follow find it. */
export function flushDrafts(): void {
  for (const flush of writers) flush();
}

/** Writes a draft down, over what it was. Never throws: what goes wrong is in `draftTrouble`. */
export async function putDraft(record: DraftRecord): Promise<void> {
  if (closed) return;
  try {
    await (await database()).put('drafts', record);
    draftTrouble.set(null);
  } catch (error) {
    noteTrouble(error);
  }
}

export async function removeDraft(id: string): Promise<void> {
  try {
    await (await database()).delete('drafts', id);
  } catch (error) {
    noteTrouble(error);
  }
}

/** The drafts of a person, newest first; none where the browser keeps none. */
export async function draftsOf(userId: string): Promise<DraftRecord[]> {
  try {
    const records = await (await database()).getAllFromIndex('drafts', 'userId', userId);
    return records.sort((a, b) => b.typedAt.localeCompare(a.typedAt));
  } catch (error) {
    noteTrouble(error);
    return [];
  }
}

/** One draft as it is now; null when it is gone. */
export async function readDraft(id: string): Promise<DraftRecord | null> {
  try {
    return (await (await database()).get('drafts', id)) ?? null;
  } catch (error) {
    noteTrouble(error);
    return null;
  }
}

/** Lists of drafts look again. */
export function tellDraftsChanged(): void {
  draftChanges.update((count) => count + 1);
}

/** Removes all of a person's drafts, and keeps none any more until the page is loaded anew. */
export async function forgetDraftsOf(userId: string): Promise<void> {
  closed = true;
  for (const { id } of await draftsOf(userId)) await removeDraft(id);
}

/** Removes what nobody came back for, whoever it belongs to. */
export async function removeOldDrafts(now: number): Promise<void> {
  try {
    const oldest = new Date(now - KEPT_MS).toISOString();
    const all = await (await database()).getAll('drafts');
    for (const { id, typedAt } of all) if (typedAt < oldest) await removeDraft(id);
  } catch (error) {
    noteTrouble(error);
  }
}

function noteTrouble(error: unknown): void {
  const full = error instanceof DOMException && error.name === 'QuotaExceededError';
  draftTrouble.set(full ? 'full' : 'unavailable');
}
