import { dashboards } from '../realtime/realtime';
import { createStore, useStore } from '../store';
import { type StatusChange, statusChanges } from './status-changes';

/** How long a card's edge glows after its label changed. */
const GLOW_MS = 1_000;

/** Documents whose label changed within the last second, with a number that grows each time. */
const glowing = createStore<ReadonlyMap<string, number>>(new Map());
let counter = 0;

/** A number that is new whenever the document's label has just changed; null when it is at rest. */
export function useGlow(documentId: string): number | null {
  return useStore(glowing, (documents) => documents.get(documentId) ?? null);
}

/**
 * Follows the labels of everything that is watched.
 * @param onChange called once for each label that changed
 * @returns stops following
 */
export function followStatusChanges(userId: string, onChange: (change: StatusChange) => void): () => void {
  let before = dashboards.store.get();
  return dashboards.store.subscribe(() => {
    const after = dashboards.store.get();
    const changes = statusChanges(before, after, userId);
    before = after;
    if (changes.length === 0) return;
    counter += 1;
    const mark = counter;
    glowing.update((documents) => {
      const next = new Map(documents);
      for (const { documentId } of changes) next.set(documentId, mark);
      return next;
    });
    setTimeout(() => {
      glowing.update((documents) => {
        const next = new Map([...documents].filter(([, value]) => value !== mark));
        return next.size === documents.size ? documents : next;
      });
    }, GLOW_MS);
    for (const change of changes) onChange(change);
  });
}
