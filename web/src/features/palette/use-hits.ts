import type { DocumentSummary } from '@doclight/protocol';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';

const SHOWN = 8;

/**
 * The documents that the server finds for what is typed. Until it has answered, those found before whose
 * title fits: one must never open a document that one is no longer asking for.
 */
export function useHits(workspaceId: string | undefined, query: string): readonly DocumentSummary[] {
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['palette', ...queryKeys.documentList(workspaceId ?? '', query, 'changed')],
    queryFn: ({ signal }) =>
      request('GET /api/workspaces/:workspaceId/documents', {
        params: { workspaceId: workspaceId ?? '' },
        query: { query, limit: SHOWN },
        signal,
      }),
    enabled: workspaceId !== undefined,
    placeholderData: keepPreviousData,
  });
  const found = data?.documents ?? [];
  if (!isPlaceholderData) return found;
  return found.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));
}
