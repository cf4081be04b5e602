'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useNotifier } from '@/features/notifications/use-notifier';
import { announce } from '@/lib/announce/announcer';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { findSummary } from '@/lib/documents/summaries';
import { syncDocumentCaches } from '@/lib/documents/sync-caches';
import { describeChange } from '@/lib/presence/describe-change';
import { followStatusChanges } from '@/lib/presence/recent-changes';
import { eventLog, startRealtime } from '@/lib/realtime/realtime';
import { useSession } from '@/lib/session/session';

/** Connects this tab while somebody is signed in, and feeds what comes to caches and people. */
export function Live(): null {
  const queryClient = useQueryClient();
  const { user, workspaces } = useSession();
  const workspaceIds = useRef<readonly string[]>([]);
  workspaceIds.current = workspaces.map((workspace) => workspace.id);

  useEffect(() => {
    const sync = syncDocumentCaches(queryClient, eventLog);
    const stopFollowing = followStatusChanges(user.id, ({ documentId, others }) => {
      announce(() => {
        const title = findSummary(queryClient, documentId)?.title;
        return title === undefined ? '' : describeChange(title, others);
      }, documentId);
    });
    const stop = startRealtime({
      onSessionLost: () => void queryClient.invalidateQueries({ queryKey: queryKeys.me }),
      onMembershipChanged: () => void queryClient.invalidateQueries(),
      onFirstConnect: sync.connected,
      onMissed: () => void queryClient.invalidateQueries(),
      fetchEvents: (workspaceId, after) =>
        request('GET /api/workspaces/:workspaceId/events', { params: { workspaceId }, query: { after } }),
      workspaceIds: () => workspaceIds.current,
    });
    return () => {
      stop();
      stopFollowing();
      sync.stop();
    };
  }, [queryClient, user.id]);
  useNotifier();
  return null;
}
