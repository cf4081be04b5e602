import type { Document } from '@doclight/protocol';
import { useCallback, useEffect, useState } from 'react';
import { heldDrafts, holdDraft, type Release } from '@/lib/drafts/draft-hold';
import { type DraftRecord, documentIdOf } from '@/lib/drafts/draft-record';
import {
  draftChanges,
  draftsOf,
  putDraft,
  readDraft,
  removeDraft,
  tellDraftsChanged,
} from '@/lib/drafts/draft-store';
import { useSession } from '@/lib/session/session';
import { useStore } from '@/lib/store';
import { draftOf, sameDraft } from '../save-state';

/** Drafts of this document that nobody is typing on. */
export interface OfferedDrafts {
  /** Newest first. */
  readonly drafts: readonly DraftRecord[];
  /** Takes one for this page; null when it was taken or removed meanwhile. */
  readonly take: (id: string) => Promise<{ record: DraftRecord; release: Release } | null>;
  /** Removes one; what it answers puts it back. */
  readonly discard: (id: string) => Promise<(() => void) | null>;
}

/**
 * Finds what the person typed in a document (null: in a new one) and never saved: after a crash, a closed tab, a
 * lost session.
 */
export function useOfferedDrafts(document: Document | null, workspaceId: string): OfferedDrafts {
  const { user } = useSession();
  const [drafts, setDrafts] = useState<readonly DraftRecord[]>([]);
  const changes = useStore(draftChanges, (count) => count);
  const [looks, setLooks] = useState(0);
  const id = document?.id ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `changes` and `looks` say when to look again.
  useEffect(() => {
    let stopped = false;
    void findDrafts(user.id, workspaceId, id).then((found) => {
      if (!stopped) setDrafts(found);
    });
    return () => {
      stopped = true;
    };
  }, [user.id, workspaceId, id, changes, looks]);
  useEffect(() => {
    const look = (): void => setLooks((count) => count + 1);
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, []);

  const take = useCallback(async (draftId: string) => {
    const release = await holdDraft(draftId);
    const record = release && (await readDraft(draftId));
    if (record) {
      setDrafts((offered) => offered.filter((draft) => draft.id !== draftId));
      return { record, release };
    }
    release?.();
    tellDraftsChanged();
    return null;
  }, []);

  const discard = useCallback(
    async (draftId: string) => {
      const taken = await take(draftId);
      if (!taken) return null;
      await removeDraft(draftId);
      taken.release();
      return () => void putDraft(taken.record).then(tellDraftsChanged);
    },
    [take],
  );

  const stored = draftOf(document);
  const offered = drafts.filter(({ words }) => !sameDraft(words, stored));
  // What is stored already has nothing to offer, and need not be kept.
  const done = drafts.filter(({ words }) => sameDraft(words, stored)).map(({ id: draftId }) => draftId);
  useEffect(() => {
    for (const draftId of done) void discard(draftId);
  });
  return { drafts: offered, take, discard };
}

async function findDrafts(
  userId: string,
  workspaceId: string,
  documentId: string | null,
): Promise<DraftRecord[]> {
  const own = (await draftsOf(userId)).filter(
    (record) =>
      documentIdOf(record) === documentId && (documentId !== null || record.workspaceId === workspaceId),
  );
  const held = await heldDrafts(own.map(({ id }) => id));
  return own.filter(({ id }) => !held.has(id));
}
