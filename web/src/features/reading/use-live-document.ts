import type { Document } from '@doclight/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { announce } from '@/lib/announce/announcer';
import { hasCode } from '@/lib/api/api-error';
import { queryKeys } from '@/lib/api/query-keys';
import { useDocument } from '@/lib/documents/use-document';
import { eventLog } from '@/lib/realtime/realtime';

/** A document that follows what happens to it. */
export interface LiveDocument {
  readonly document: Document | undefined;
  readonly error: Error | null;
  /** It was there and is gone, or one may no longer see it. */
  readonly gone: boolean;
  readonly retry: () => void;
}

/** Loads a document and swaps in each newer revision as it is saved. */
export function useLiveDocument(slug: string): LiveDocument {
  const queryClient = useQueryClient();
  const query = useDocument(slug);
  const [deletedId, setDeletedId] = useState<string | null>(null);
  const id = query.data?.id;
  const revision = query.data?.revision ?? 0;
  useEffect(
    () =>
      eventLog.subscribe((event) => {
        if (event.type === 'document:created' || event.documentId !== id) return;
        if (event.type === 'document:deleted') {
          setDeletedId(id);
          announce(`This document was deleted`);
        } else if (event.revision > revision) {
          announce(`${event.savedBy.name} saved revision ${event.revision}, it is shown now`);
          void queryClient.invalidateQueries({ queryKey: queryKeys.document(slug) });
        }
      }),
    [id, revision, slug, queryClient],
  );
  return {
    document: query.data,
    error: query.data ? null : query.error,
    gone: (id !== undefined && deletedId === id) || hasCode(query.error, 'NOT_FOUND'),
    retry: () => void query.refetch(),
  };
}
