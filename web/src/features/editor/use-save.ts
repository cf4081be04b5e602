import type { Document } from '@doclight/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { announce } from '@/lib/announce/announcer';
import { hasCode, messageOf } from '@/lib/api/api-error';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { putSummary, summaryOf } from '@/lib/documents/sync-caches';
import { eventLog, rightOfWay } from '@/lib/realtime/realtime';
import { type Draft, type SaveState, saveReducer, startEditing } from './save-state';

/** The editor's state and what one can do with it. */
export interface Saving {
  readonly state: SaveState;
  readonly type: (change: Partial<Draft>) => void;
  /** Saves what is typed as it is now; what is refused or fails is in the state. */
  readonly save: () => void;
  readonly takeTheirs: () => void;
  /** Makes what is typed the newest revision, over what somebody else saved. */
  readonly saveOverTheirs: () => void;
  readonly saveAsNew: () => void;
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
  const [state, dispatch] = useReducer(saveReducer, document, startEditing);
  const latest = useRef(state);
  latest.current = state;
  /** The newest revision heard of; it may be ahead of what has been fetched. */
  const heard = useRef(document?.revision ?? 0);
  const sending = useRef(false);

  const remember = useCallback(
    (saved: Document): void => {
      queryClient.setQueryData(queryKeys.document(saved.slug), saved);
      putSummary(queryClient, summaryOf(saved));
    },
    [queryClient],
  );

  const fetchNewest = useCallback(async (id: string): Promise<void> => {
    try {
      dispatch({ type: 'arrived', document: await request('GET /api/documents/:id', { params: { id } }) });
    } catch (error) {
      if (hasCode(error, 'NOT_FOUND')) dispatch({ type: 'deleted' });
    }
  }, []);

  const send = useCallback(
    async (base: Document | null): Promise<void> => {
      if (sending.current) return;
      sending.current = true;
      const { draft } = latest.current;
      dispatch({ type: 'sent', draft });
      try {
        const saved = await (base
          ? request('PUT /api/documents/:id', {
              params: { id: base.id },
              revision: base.revision,
              lease: rightOfWay.tokenOf(base.id),
              body: draft,
            })
          : request('POST /api/workspaces/:workspaceId/documents', { params: { workspaceId }, body: draft }));
        remember(saved);
        dispatch({ type: 'saved', document: saved });
        announce(`Saved as revision ${saved.revision}`);
        if (!base) onCreated(saved);
        if (heard.current > saved.revision) await fetchNewest(saved.id);
      } catch (error) {
        const refused = hasCode(error, 'REVISION_CONFLICT') ? error.problem : undefined;
        const current = refused?.current;
        // Somebody else has the lease by now: this page finds out, and whether it was taken over.
        if (base && refused?.fenced) await rightOfWay.fenced(base.id);
        if (base && refused?.fenced && current?.revision === base.revision)
          dispatch({
            type: 'failed',
            message: 'It was not saved, for somebody else edits this by now. What you typed is still here.',
          });
        else if (current) dispatch({ type: 'refused', current });
        else if (base && hasCode(error, 'NOT_FOUND')) dispatch({ type: 'deleted' });
        else dispatch({ type: 'failed', message: messageOf(error) });
      } finally {
        sending.current = false;
      }
    },
    [workspaceId, remember, onCreated, fetchNewest],
  );

  // Fetched again for another reason, e.g. after the connection was away.
  useEffect(() => {
    if (document) dispatch({ type: 'arrived', document });
  }, [document]);

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
    save: () => void send(latest.current.base),
    takeTheirs: () => dispatch({ type: 'take-theirs' }),
    saveOverTheirs: () => {
      const base = latest.current.theirs?.document;
      dispatch({ type: 'rebase' });
      if (base) void send(base);
    },
    saveAsNew: () => {
      dispatch({ type: 'start-anew' });
      void send(null);
    },
    illustrate: async (image) => {
      const { base } = latest.current;
      if (!base) return;
      const params = { id: base.id };
      const from = { params, revision: base.revision, lease: rightOfWay.tokenOf(base.id) };
      const saved = image
        ? await request('PUT /api/documents/:id/image', { ...from, file: image })
        : await request('DELETE /api/documents/:id/image', from);
      remember(saved);
      dispatch({ type: 'illustrated', document: saved });
    },
  };
}
