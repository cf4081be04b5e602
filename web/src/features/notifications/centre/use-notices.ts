import { DEFAULT_PAGE_SIZE, type Notice } from '@doclight/protocol';
import { type InfiniteData, type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { listenToNotices } from '@/lib/realtime/notices';
import {
  loadedNotices,
  markNotices,
  type NoticeFilter,
  type NoticePages,
  putNotice,
  removeWorkspace,
} from './centre-cache';

/** The person's notices, as far as they were scrolled. */
export interface Notices {
  readonly notices: readonly Notice[];
  readonly status: 'pending' | 'error' | 'success';
  readonly error: Error | null;
  readonly hasMore: boolean;
  /** The page after the last one could not be loaded. */
  readonly moreFailed: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** Loads notices page by page; what happens meanwhile is put in by `useLiveNotices`. */
export function useNotices(filter: NoticeFilter): Notices {
  const list = useInfiniteQuery({
    queryKey: queryKeys.noticeList(filter),
    queryFn: ({ pageParam, signal }) =>
      request('GET /api/notifications', {
        query: {
          unread: filter === 'unread' ? 'true' : 'false',
          limit: DEFAULT_PAGE_SIZE,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const notices = useMemo(() => loadedNotices(list.data), [list.data]);
  return {
    notices,
    status: list.data ? 'success' : list.status,
    error: list.error,
    hasMore: list.hasNextPage,
    moreFailed: list.isFetchNextPageError,
    loadMore: () => {
      if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
    },
    retry: () => void list.refetch(),
  };
}

/** Keeps the loaded lists as they are on every other tab and device. */
export function useLiveNotices(): void {
  const queryClient = useQueryClient();
  useEffect(
    () =>
      listenToNotices({
        onChanged: (notice) => changeLists(queryClient, (data, filter) => putNotice(data, notice, filter)),
        onRead: (ids) => changeLists(queryClient, (data) => markNotices(data, ids)),
        onRemoved: (workspaceId) => changeLists(queryClient, (data) => removeWorkspace(data, workspaceId)),
        onConnect: () => void queryClient.invalidateQueries({ queryKey: queryKeys.noticeLists }),
      }),
    [queryClient],
  );
}

/** Changes what is loaded of every list. */
export function changeLists(
  queryClient: QueryClient,
  change: (data: NoticePages, filter: NoticeFilter) => NoticePages,
): void {
  for (const filter of ['all', 'unread'] as const)
    queryClient.setQueryData<InfiniteData<NoticePages['pages'][number], string | undefined>>(
      queryKeys.noticeList(filter),
      (data) =>
        data && (change(data, filter) as InfiniteData<NoticePages['pages'][number], string | undefined>),
    );
}
