import type { Document } from '@doclight/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { flushSync } from 'react-dom';
import { announce } from '@/lib/announce/announcer';
import { hasCode } from '@/lib/api/api-error';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { putSummary, summaryOf } from '@/lib/documents/sync-caches';
import { eventLog, rightOfWay } from '@/lib/realtime/realtime';
import { useSession } from '@/lib/session/session';
import type { Choice } from './merge/merge-draft';
import { type Draft, isDue, type SaveAction, type SaveState, saveReducer, startEditing } from './save-state';
import { type SaveOutcome, sendSave } from './send-save';
import { useReturn } from './use-return';

/** The editor's state and what one can do with it. */
export interface Saving {
  readonly state: SaveState;
  readonly type: (change: Partial<Draft>) => void;
  /** Saves what is typed as it is now, merged with what is theirs; what is refused or fails is in the state. */
  readonly save: () => void;
  readonly choose: (key: string, choice: Choice | null) => void;
  /** Decides every place that is still open. */
  readonly chooseAll: (choice: Choice) => void;
  readonly takeTheirs: () => void;
  readonly saveAsNew: () => void;
  readonly dismissMerged: () => void;
  readonly restore: (base: Document | null, draft: Draft) => void;
  readonly illustrate: (image: Blob | null) => Promise<void>;
}

/**
 * Edits a document, or a new one (null).
 * @param workspaceId where a new document is made
 * @param onCreated called once when a new document has been saved for the first time
 */
export function useSave(
  document: Document | null,
  workspaceId: string,
  onCreated: (document: Document) => void,
): Saving {
  const queryClient = useQueryClient();
  const { user } = useSession();
  const [state, dispatch] = useReducer(saveReducer, document, startEditing);
  const latest = useRef(state);
  latest.current = state;
  /** The newest revision heard of; it may be ahead of what has been fetched. */
  const heard = useRef(document?.revision ?? 0);
  const sending = useRef(false);

  // What is shown changes in the same moment: a key pressed in between would bring back what was replaced.
  const commit = useCallback((action: SaveAction) => flushSync(() => dispatch(action)), []);

  const remember = useCallback(
    (saved: Document): void => {
      queryClient.setQueryData(queryKeys.document(saved.slug), saved);
      putSummary(queryClient, summaryOf(saved));
    },
    [queryClient],
  );

  const fetchNewest = useCallback(
    async (id: string): Promise<void> => {
      try {
        commit({ type: 'arrived', document: await request('GET /api/documents/:id', { params: { id } }) });
      } catch (error) {
        if (hasCode(error, 'NOT_FOUND')) commit({ type: 'deleted' });
      }
    },
    [commit],
  );

  const send = useCallback(async (): Promise<void> => {
    if (sending.current) return;
    sending.current = true;
    const { base, draft, sentAt } = latest.current;
    dispatch({ type: 'sent', draft });
    const lease = base ? rightOfWay.tokenOf(base.id) : undefined;
    const outcome = await sendSave({ base, words: draft, workspaceId, userId: user.id, sentAt, lease });
    // Somebody else has the lease by now: this page finds out, and whether it was taken over.
    if (base && outcome.kind === 'refused' && outcome.fenced) await rightOfWay.fenced(base.id);
    sending.current = false;
    commit(actionOf(outcome));
    if (outcome.kind !== 'saved') return;
    const saved = outcome.document;
    remember(saved);
    const { merged } = latest.current;
    announce(
      merged
        ? `Merged with ${merged.theirs.updatedBy.name}’s changes and saved`
        : `Saved as revision ${saved.revision}`,
    );
    if (!base) onCreated(saved);
    if (heard.current > saved.revision) await fetchNewest(saved.id);
  }, [workspaceId, user.id, commit, remember, onCreated, fetchNewest]);

  const due = isDue(state);
  useEffect(() => {
    if (due) void send();
  }, [due, send]);
  useReturn(state.waiting, () => void send());

  // Fetched again for another reason, e.g. after the connection was away.
  useEffect(() => {
    if (document) queueMicrotask(() => commit({ type: 'arrived', document }));
  }, [document, commit]);

  const id = state.base?.id;
  useEffect(
    () =>
      eventLog.subscribe((event) => {
        if (event.type === 'document:created' || event.documentId !== id) return;
        if (event.type === 'document:deleted') {
          dispatch({ type: 'deleted' });
          return;
        }
        heard.current = Math.max(heard.current, event.revision);
        // While a save of this page is on its way, the event may be its own.
        if (!sending.current && event.revision > (latest.current.base?.revision ?? 0)) void fetchNewest(id);
      }),
    [id, fetchNewest],
  );

  return {
    state,
    type: (change) => dispatch({ type: 'typed', change }),
    save: () => dispatch({ type: 'asked' }),
    choose: (key, choice) => dispatch({ type: 'chosen', key, choice }),
    chooseAll: (choice) => dispatch({ type: 'chosen-all', choice }),
    takeTheirs: () => dispatch({ type: 'take-theirs' }),
    saveAsNew: () => dispatch({ type: 'start-anew' }),
    dismissMerged: () => dispatch({ type: 'merge-seen' }),
    restore: (base, draft) => dispatch({ type: 'restored', base, draft }),
    illustrate: async (image) => {
      const { base } = latest.current;
      if (!base) return;
      const saved = await sendImage(base, image);
      remember(saved);
      commit({ type: 'illustrated', document: saved });
    },
  };
}

function actionOf(outcome: SaveOutcome): SaveAction {
  switch (outcome.kind) {
    case 'saved':
      return { type: 'saved', document: outcome.document };
    case 'refused':
      return { type: 'refused', current: outcome.current };
    case 'unreachable':
      return { type: 'unreachable', at: new Date().toISOString() };
    case 'failed':
      return { type: 'failed', message: outcome.message };
    case 'deleted':
    case 'signed-out':
      return { type: outcome.kind };
  }
}

/**
 * Sets or takes away the image. Where somebody else changed only words meanwhile, the image goes onto that.
 * @throws {ApiError} `REVISION_CONFLICT` where they changed the image
 */
async function sendImage(base: Document, image: Blob | null): Promise<Document> {
  try {
    const lease = rightOfWay.tokenOf(base.id);
    const options = { params: { id: base.id }, revision: base.revision, lease };
    return image
      ? await request('PUT /api/documents/:id/image', { ...options, file: image })
      : await request('DELETE /api/documents/:id/image', options);
  } catch (error) {
    const current = hasCode(error, 'REVISION_CONFLICT') ? error.problem.current : undefined;
    if (!current || current.imageUrl !== base.imageUrl || current.revision <= base.revision) throw error;
    return sendImage(current, image);
  }
}
