import { type Document, type DocumentSummary, faultOfTitle } from '@doclight/protocol';
import { createStore, type Store } from '@/lib/store';

/** A title that is being changed, in place, on the dashboard. */
export interface Renaming {
  /** The title and the revision that the change started from. */
  readonly base: Pick<DocumentSummary, 'title' | 'revision'>;
  readonly typed: string;
  /** `saving`: on its way, and shown as such. */
  readonly phase: 'typing' | 'saving';
  /** Why it was not saved. */
  readonly error: string | null;
  /** What had the focus before: it goes back there. */
  readonly from: HTMLElement | null;
}

/** What is being renamed in this tab, by id. It outlives the cards, which come and go as one scrolls. */
export const renamings: Store<ReadonlyMap<string, Renaming>> = createStore<ReadonlyMap<string, Renaming>>(
  new Map(),
);

/** Changes one of them; null: ends it. One that is not there stays away. */
export function changeRenaming(id: string, change: Partial<Renaming> | null): void {
  renamings.update((all) => {
    const known = all.get(id);
    if (!known) return all;
    const next = new Map(all);
    if (change) next.set(id, { ...known, ...change });
    else next.delete(id);
    return next;
  });
}

/** Opens the field for a new title. One that is on its way, or open already, stays as it is. */
export function startRenaming(document: DocumentSummary, from: HTMLElement | null): void {
  renamings.update((all) => {
    if (all.has(document.id)) return all;
    const { title, revision } = document;
    return new Map(all).set(document.id, {
      base: { title, revision },
      typed: title,
      phase: 'typing',
      error: null,
      from,
    });
  });
}

/** What is to be done about what was typed. */
export function checkTitle(base: string, typed: string): 'same' | 'fine' | { readonly error: string } {
  const title = typed.trim();
  if (title === base) return 'same';
  const fault = faultOfTitle(title);
  return fault === null ? 'fine' : { error: `The title ${fault}.` };
}

/**
 * What a conflict means for a new title: somebody may have saved the same one, or something else of the document,
 * which a new title does not touch; or another title, which is for the person to decide.
 */
export function afterConflict(base: string, wanted: string, current: Document): 'done' | 'again' | 'ask' {
  if (current.title === wanted) return 'done';
  return current.title === base ? 'again' : 'ask';
}

/** Documents whose field can be seen now: what goes wrong with another one is told by a toast. */
const shown = new Set<string>();

/** Notes that a document's title is on screen. @returns notes that it is no longer */
export function showsTitle(id: string): () => void {
  shown.add(id);
  return () => shown.delete(id);
}

/** Whether a document's title is on screen. */
export function isTitleShown(id: string): boolean {
  return shown.has(id);
}
