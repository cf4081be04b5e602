import { useEffect, useState } from 'react';
import { onFlushDrafts, openDrafts } from '@/lib/drafts/draft-store';
import { useSession } from '@/lib/session/session';
import { isUnsaved, type SaveState } from '../save-state';
import { DraftKeeper } from './draft-keeper';

/** Keeps what is typed in this browser until it is saved, through a crash, a closed tab and a lost session. */
export function useDraft(state: SaveState, workspaceId: string): DraftKeeper {
  const { user } = useSession();
  const [keeper] = useState(() => new DraftKeeper());
  const unsaved = isUnsaved(state);
  const { base, draft, wanted, sentAt } = state;
  useEffect(() => {
    if (unsaved)
      keeper.keep({
        userId: user.id,
        workspaceId,
        base,
        words: draft,
        wanted,
        sentAt,
      });
    else keeper.drop();
  }, [keeper, unsaved, base, draft, wanted, sentAt, user.id, workspaceId]);
  useEffect(() => {
    openDrafts();
    const flush = (): void => keeper.flush();
    const onHidden = (): void => {
      if (document.visibilityState === 'hidden') flush();
    };
    const stopFlushing = onFlushDrafts(flush);
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', onHidden);
    return () => {
      stopFlushing();
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', onHidden);
      keeper.end();
    };
  }, [keeper]);
  return keeper;
}
