import type { RevisionSummary } from '@doclight/protocol';
import { type InfiniteData, type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
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

/** Puts what is newer than the loaded list on top of it; loads it anew where that is not all. */
async function takeInNewest(queryClient: QueryClient, slug: string): Promise<void> {
  const queryKey = queryKeys.revisions(slug);
  const page = await fetchPage(slug, undefined).catch(() => null);
  const loaded = queryClient.getQueryData<Loaded>(queryKey);
  const pages = page && loaded ? addNewest(loaded.pages, page) : null;
  if (pages && loaded) queryClient.setQueryData<Loaded>(queryKey, { ...loaded, pages });
  else await queryClient.invalidateQueries({ queryKey });
}

/**
 * Loads a document's revisions page by page; new ones are put on top as they are saved.
 * @param known the newest revision known from elsewhere, 0 for none: it may be newer than a list on its way
 */
export function useRevisions(slug: string, known: number): RevisionListing {
  const queryClient = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: queryKeys.revisions(slug),
    queryFn: ({ pageParam, signal }) => fetchPage(slug, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // Saves that nobody here heard of may have come while the page was not open.
    staleTime: 0,
  });
  const [heard, setHeard] = useState(0);
  useEffect(
    () =>
      eventLog.subscribe((event) => {
        if (event.type === 'document:saved' && event.slug === slug)
          setHeard((newest) => Math.max(newest, event.revision));
      }),
    [slug],
  );
  const newest = list.data?.pages[0]?.revisions[0]?.revision;
  const wanted = Math.max(heard, known);
  useEffect(() => {
    // Again for each save heard of and each answer: one on its way may be older than what was heard since.
    if (newest !== undefined && newest < wanted) void takeInNewest(queryClient, slug);
  }, [newest, wanted, queryClient, slug]);
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
