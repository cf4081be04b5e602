import { useEffect, useRef } from 'react';
import { editorHandle, type SaveOutcome } from '@/lib/editing/editor-handle';
import { isUnsaved, type SaveState } from './save-state';

/** A save that was on its way already may not hold what was typed since: it is followed by another. */
const MOST_SAVES = 3;

interface Run {
  readonly resolve: (outcome: SaveOutcome) => void;
  left: number;
  sent: boolean;
}

/**
 * Lets the rest of the app save what is typed here.
 * @param save begins to save; how it ends is in the state
 */
export function useEditorHandle(state: SaveState, save: () => void): void {
  const run = useRef<Run | null>(null);
  const latest = useRef({ state, save });
  latest.current = { state, save };
  const id = state.base?.id;

  useEffect(() => {
    if (id === undefined) return;
    const end = (outcome: SaveOutcome): void => {
      run.current?.resolve(outcome);
      run.current = null;
    };
    editorHandle.set({
      documentId: id,
      saveAll: () =>
        new Promise((resolve) => {
          const now = latest.current;
          if (!isUnsaved(now.state)) resolve({ saved: true });
          else if (now.state.draft.title.trim() === '')
            resolve({ saved: false, message: 'the document needs a name first.' });
          else {
            end({ saved: false, message: 'it was asked for again.' });
            run.current = { resolve, left: MOST_SAVES - 1, sent: now.state.sending !== null };
            now.save();
          }
        }),
    });
    return () => {
      end({ saved: false, message: 'the editor was closed.' });
      editorHandle.set(null);
    };
  }, [id]);

  useEffect(() => {
    const current = run.current;
    if (!current) return;
    if (state.sending) {
      current.sent = true;
      return;
    }
    // Merged with what came in between, it is about to go out again.
    if (state.wanted && !state.waiting) return;
    const failure = failureOf(state);
    if (isUnsaved(state) && failure === null && (!current.sent || current.left > 0)) {
      if (!current.sent) return;
      current.left -= 1;
      current.sent = false;
      latest.current.save();
      return;
    }
    run.current = null;
    current.resolve(
      isUnsaved(state) ? { saved: false, message: failure ?? 'it could not be saved.' } : { saved: true },
    );
  }, [state]);
}

function failureOf(state: SaveState): string | null {
  if (state.deleted) return 'the document was deleted.';
  if (state.theirs) return 'somebody else has saved meanwhile. Decide first what becomes of both.';
  if (state.waiting) return 'there is no connection.';
  if (state.signedOut) return 'you are signed out.';
  return state.error === null ? null : `your changes could not be saved. ${state.error}`;
}
