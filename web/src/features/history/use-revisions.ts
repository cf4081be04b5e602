import type { RevisionSummary } from '@doclight/protocol';
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { eventLog } from '@/lib/realtime/realtime';
import { addNewest, type RevisionPage } from './revision-pages';

/** A document's revisions, newest first, as far as they have been scrolled. */
export interface RevisionListing {
  readonly revisions: readonly RevisionSummary[];
  readonly error: Error | null;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

type Loaded = InfiniteData<RevisionPage, string | undefined>;

function fetchPage(slug: string, cursor: string | undefined, signal?: AbortSignal): Promise<RevisionPage> {
  return request('GET /api/documents/:id/revisions', {
    params: { id: slug },
    query: { cursor },
    ...(signal ? { signal } : {}),
  });
}

/** Loads a document's revisions page by page; new ones are put on top as they are saved. */
export function useRevisions(slug: string): RevisionListing {
  const queryClient = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: queryKeys.revisions(slug),
    queryFn: ({ pageParam, signal }) => fetchPage(slug, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // Saves that nobody here heard of may have come while the page was not open.
    staleTime: 0,
  });
  useEffect(
    () =>
      eventLog.subscribe((event) => {
        if (event.type !== 'document:saved' || event.slug !== slug) return;
        const queryKey = queryKeys.revisions(slug);
        fetchPage(slug, undefined).then(
          (page) =>
            queryClient.setQueryData<Loaded>(queryKey, (loaded) => {
              const pages = loaded && addNewest(loaded.pages, page);
              // Others have the rest of what was missed on pages of their own.
              if (pages === null) void queryClient.invalidateQueries({ queryKey });
              return pages ? { pages, pageParams: loaded?.pageParams ?? [] } : loaded;
            }),
          () => void queryClient.invalidateQueries({ queryKey }),
        );
      }),
    [slug, queryClient],
  );
  const revisions = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.revisions), [list.data]);
  return {
    revisions,
    error: list.data ? null : list.error,
    hasMore: list.hasNextPage,
    loadMore: () => {
      if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
    },
    retry: () => void list.refetch(),
  };
}
