import { DEFAULT_PAGE_SIZE, type DocumentSort, type DocumentSummary } from '@doclight/protocol';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { loadedDocuments } from '@/lib/documents/list-cache';

/** A list of documents, as far as it has been scrolled. */
export interface DocumentListing {
  readonly documents: readonly DocumentSummary[];
  readonly status: 'pending' | 'error' | 'success';
  readonly error: Error | null;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** The documents of a workspace that a search finds, page by page. */
export function useDocumentList(workspaceId: string, query: string, sort: DocumentSort): DocumentListing {
  const list = useInfiniteQuery({
    queryKey: queryKeys.documentList(workspaceId, query, sort),
    queryFn: ({ pageParam, signal }) =>
      request('GET /api/workspaces/:workspaceId/documents', {
        params: { workspaceId },
        query: { query, sort, limit: DEFAULT_PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const documents = useMemo(() => loadedDocuments(list.data), [list.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    documents,
    status: list.status,
    error: list.error,
    hasMore: hasNextPage,
    loadingMore: isFetchingNextPage,
    loadMore,
    retry: () => void list.refetch(),
  };
}
