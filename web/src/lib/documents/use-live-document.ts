import type { Document, DocumentSaved } from '@doclight/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { announce } from '../announce/announcer';
import { hasCode } from '../api/api-error';
import { queryKeys } from '../api/query-keys';
import { eventLog } from '../realtime/realtime';
import { useDocument } from './use-document';

/** A document that follows what happens to it. */
export interface LiveDocument {
  readonly document: Document | undefined;
  readonly error: Error | null;
  /** It was there and is gone, or one may no longer see it. */
  readonly gone: boolean;
  readonly retry: () => void;
}

/**
 * Loads a document and swaps in each newer revision as it is saved.
 * @param describe what screen readers are told of a newer revision; the same function each time
 */
export function useLiveDocument(slug: string, describe: (saved: DocumentSaved) => string): LiveDocument {
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
          announce(describe(event));
          void queryClient.invalidateQueries({ queryKey: queryKeys.document(slug) });
        }
      }),
    [id, revision, slug, queryClient, describe],
  );
  return {
    document: query.data,
    error: query.data ? null : query.error,
    gone: (id !== undefined && deletedId === id) || hasCode(query.error, 'NOT_FOUND'),
    retry: () => void query.refetch(),
  };
}
