import type { Document } from '@doclight/protocol';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { queryKeys } from '../api/query-keys';
import { request } from '../api/request';

/** Slug of the page where a document is written that does not exist yet; real slugs have a suffix. */
export const NEW_SLUG = 'new';

/** A document, whole, by its slug. */
export function useDocument(slug: string): UseQueryResult<Document> {
  return useQuery({
    queryKey: queryKeys.document(slug),
    queryFn: ({ signal }) => request('GET /api/documents/:id', { params: { id: slug }, signal }),
    enabled: slug !== NEW_SLUG && slug !== '',
    // Shown at once from the cache, and always made sure of: events may have been missed meanwhile.
    staleTime: 0,
  });
}
