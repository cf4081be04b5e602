import { useMemo } from 'react';
import type { Asked } from '@/lib/editing/right-of-way';
import { rightOfWay } from '@/lib/realtime/realtime';
import { useSession } from '@/lib/session/session';
import { useStore } from '@/lib/store';

/** The requests in one document: the one by oneself, and the open ones to oneself. */
export function useRequests(documentId: string): { mine: Asked | null; toMe: readonly Asked[] } {
  const { user } = useSession();
  const all = useStore(rightOfWay.requests, (requests) => requests);
  return useMemo(() => {
    const here = [...all.values()].filter((one) => one.documentId === documentId);
    return {
      // The newest: an older one may still tell how it ended.
      mine: here.filter((one) => one.by.id === user.id).at(-1) ?? null,
      toMe: here.filter((one) => one.to.id === user.id && one.state === 'open'),
    };
  }, [all, documentId, user.id]);
}
