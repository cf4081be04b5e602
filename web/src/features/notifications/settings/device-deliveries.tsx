'use client';

import type { Delivery } from '@doclight/protocol';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Button } from '@/components/ui/button';
import { TimeAgo } from '@/components/ui/time-ago';
import { messageOf } from '@/lib/api/api-error';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { reasonWords } from './device-words';

const PAGE = 10;

/** What was sent to a device in the last two weeks, and what was not, and why. */
export function DeviceDeliveries({ deviceId }: { readonly deviceId: string }): ReactElement {
  const list = useInfiniteQuery({
    queryKey: queryKeys.deliveries(deviceId),
    queryFn: ({ pageParam }) =>
      request('GET /api/notifications/deliveries', { query: { deviceId, limit: PAGE, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: 0,
  });
  const deliveries = list.data?.pages.flatMap((page) => page.deliveries) ?? [];
  return (
    <div className="mt-3 rounded-lg bg-sunken px-3 py-2 text-[13px]">
      {list.isError && !list.data ? (
        <p className="text-danger">{messageOf(list.error)}</p>
      ) : list.isPending ? (
        <div className="skeleton h-4 w-2/3" />
      ) : deliveries.length === 0 ? (
        <p className="text-muted">Nothing in the last two weeks. Tests are not listed.</p>
      ) : (
        <ul aria-label="What was sent" className="flex flex-col gap-1.5">
          {deliveries.map((delivery) => (
            <li key={delivery.id} className="flex gap-x-3 max-sm:flex-col">
              <span className="min-w-0 flex-1 wrap-anywhere">{delivery.title}</span>
              <span className="shrink-0 text-muted">
                {outcome(delivery)} · <TimeAgo moment={delivery.settledAt ?? delivery.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage ? (
        <Button
          size="sm"
          tone="quiet"
          className="mt-1 -ml-2.5"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show older ones
        </Button>
      ) : null}
    </div>
  );
}

function outcome({ state, reason }: Delivery): string {
  if (state === 'delivered') return 'Delivered';
  const why = reason === null ? '' : `: ${reasonWords(reason)}`;
  return state === 'waiting' ? `Waiting${why}` : `Not sent${why}`;
}
