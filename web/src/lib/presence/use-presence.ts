import { useEffect, useMemo } from 'react';
import type { WorkspacePresence } from '../realtime/dashboards';
import { dashboards, ownPresence } from '../realtime/realtime';
import { useSession } from '../session/session';
import { useStore } from '../store';
import { type OthersPresence, othersIn } from './others';

/** Follows the presence of a whole workspace while the component is mounted. */
export function useWatchWorkspace(workspaceId: string | undefined): void {
  useEffect(() => (workspaceId === undefined ? undefined : dashboards.watch(workspaceId)), [workspaceId]);
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
