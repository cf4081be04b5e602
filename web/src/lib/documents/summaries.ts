import type { DocumentSummary } from '@doclight/protocol';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '../api/query-keys';
import { request } from '../api/request';
import type { LoadedList } from './list-cache';

/** A document from whatever has been loaded, by id. */
export function findSummary(queryClient: QueryClient, id: string): DocumentSummary | undefined {
  const single = queryClient.getQueryData<DocumentSummary>(queryKeys.summary(id));
  if (single) return single;
  for (const [, list] of queryClient.getQueriesData<LoadedList>({ queryKey: ['documents'] }))
    for (const page of list?.pages ?? [])
      for (const document of page.documents) if (document.id === id) return document;
  for (const [, document] of queryClient.getQueriesData<DocumentSummary>({
    queryKey: queryKeys.openDocuments,
  }))
    if (document?.id === id) return document;
  return undefined;
}

/** A document that may not be in any loaded page: from the cache, else fetched alone. */
export function useSummary(id: string): DocumentSummary | undefined {
  const queryClient = useQueryClient();
  const query = useQuery({
    queryKey: queryKeys.summary(id),
    queryFn: async ({ signal }): Promise<DocumentSummary> => {
      const { text: _text, ...summary } = await request('GET /api/documents/:id', { params: { id }, signal });
      return summary;
    },
    initialData: () => findSummary(queryClient, id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return query.data;
}
