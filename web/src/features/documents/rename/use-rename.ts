import type { Document, DocumentSummary } from '@doclight/protocol';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { toast } from '@/components/toast/toast';
import { announce } from '@/lib/announce/announcer';
import { queryKeys } from '@/lib/api/query-keys';
import { putSummary, summaryOf } from '@/lib/documents/sync-caches';
import { SocketRequestError, send } from '@/lib/realtime/socket';
import { afterConflict, changeRenaming, checkTitle, isTitleShown, renamings } from './rename-state';

/** Saves of others that a new title steps over before it gives up. */
const MOST_ATTEMPTS = 5;

/** Renaming one document in place. */
export interface Rename {
  readonly type: (typed: string) => void;
  /** Saves what is typed. `left`: the focus went elsewhere; then an empty title is none. */
  readonly save: (left?: 'left') => void;
  readonly cancel: () => void;
}

/** What one can do in the field of a document's title. */
export function useRename(document: DocumentSummary): Rename {
  const queryClient = useQueryClient();
  const { id } = document;
  return {
    type: (typed) => changeRenaming(id, { typed, error: null }),
    cancel: () => end(id),
    save: (left) => {
      const state = renamings.get().get(id);
      if (state?.phase !== 'typing') return;
      const verdict = checkTitle(state.base.title, state.typed);
      if (verdict === 'same' || (left && state.typed.trim() === '')) end(id, left);
      // What was refused once waits for a word: whoever only looks elsewhere has not decided.
      else if (left && state.error !== null) return;
      else if (verdict === 'fine') {
        // First: the field is gone then, and is not left once more when the focus goes back.
        void saveTitle(queryClient, id, state.typed.trim());
        if (!left && state.from?.isConnected) state.from.focus();
      } else changeRenaming(id, { error: verdict.error });
    },
  };
}

function end(id: string, left?: 'left'): void {
  const from = renamings.get().get(id)?.from;
  changeRenaming(id, null);
  // Who left has the focus where they went.
  if (!left && from?.isConnected) from.focus();
}

async function saveTitle(queryClient: QueryClient, id: string, title: string): Promise<void> {
  changeRenaming(id, { phase: 'saving', error: null });
  for (let attempt = 1; ; attempt += 1) {
    const base = renamings.get().get(id)?.base;
    if (!base) return;
    try {
      remember(
        queryClient,
        await send('document:update', { documentId: id, revision: base.revision, title }),
      );
      announce(`Renamed to ${title}`);
      changeRenaming(id, null);
      return;
    } catch (error) {
      const current = error instanceof SocketRequestError ? error.current : undefined;
      if (!current) return fail(id, title, reasonOf(error));
      remember(queryClient, current);
      const next = afterConflict(base.title, title, current);
      if (next === 'done') return changeRenaming(id, null);
      // From now on it is theirs that a new title would go over.
      changeRenaming(id, { base: current });
      if (next === 'again' && attempt < MOST_ATTEMPTS) continue;
      const { name } = current.updatedBy;
      const why =
        next === 'ask'
          ? `Meanwhile it was renamed to “${current.title}”, last saved by ${name}. Enter saves yours over it.`
          : 'Others save faster than this. Try again.';
      return fail(id, title, why);
    }
  }
}

function fail(id: string, title: string, why: string): void {
  changeRenaming(id, { phase: 'typing', error: why });
  if (!isTitleShown(id)) toast.error(`“${title}” is not saved as a title. ${why}`);
}

/** What to tell a person. */
function reasonOf(error: unknown): string {
  if (!(error instanceof SocketRequestError)) return 'Something went wrong. Please try again.';
  if (error.code !== null) return error.message;
  return 'The server does not answer, so it is not saved yet. Try again when the connection is back.';
}

function remember(queryClient: QueryClient, saved: Document): void {
  const key = queryKeys.document(saved.slug);
  if (queryClient.getQueryData(key)) queryClient.setQueryData(key, saved);
  putSummary(queryClient, summaryOf(saved));
}
