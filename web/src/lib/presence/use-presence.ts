import { useEffect, useMemo } from 'react';
import type { WorkspacePresence } from '../realtime/dashboards';
import { dashboards, ownPresence } from '../realtime/realtime';
import { useSession } from '../session/session';
import { useStore } from '../store';
import { type OthersPresence, othersIn } from './others';

/** Scrolling past documents asks for nothing. */
const FOCUS_AFTER_MS = 200;

/** Follows the presence of a whole workspace while the component is mounted. */
export function useWatchWorkspace(workspaceId: string | undefined): void {
  useEffect(() => (workspaceId === undefined ? undefined : dashboards.watch(workspaceId)), [workspaceId]);
}

/**
 * Says which documents of a workspace are on the screen, a moment after they are.
 * @param shown ids joined by spaces, so that the same ones compare as the same; null: no matter which
 */
export function useFocus(workspaceId: string, shown: string | null): void {
  useEffect(() => {
    const timer = setTimeout(
      () => dashboards.focus(workspaceId, shown === null ? null : shown.split(' ').filter(Boolean)),
      FOCUS_AFTER_MS,
    );
    return () => clearTimeout(timer);
  }, [workspaceId, shown]);
}

/** What is known of the presence in a workspace. Renders again on every change in it. */
export function useWorkspacePresence(workspaceId: string): WorkspacePresence {
  return useStore(dashboards.store, () => dashboards.of(workspaceId));
}

/** Who else is in a document, live; null while that is not known yet. */
export function useOthers(workspaceId: string, documentId: string): OthersPresence | null {
  const { user } = useSession();
  const presence = useStore(dashboards.store, () =>
    dashboards.of(workspaceId).view.documents.get(documentId),
  );
  const known = useStore(dashboards.store, () => dashboards.of(workspaceId).known);
  const ownPhase = useStore(ownPresence.store, (own) => (own?.documentId === documentId ? own.phase : null));
  return useMemo(
    () => (known || presence ? othersIn(presence, user.id, ownPhase) : null),
    [known, presence, user.id, ownPhase],
  );
}
