import type { Query, QueryClient } from '@tanstack/react-query';
import { queryKeys } from '../api/query-keys';

/** The first part of the keys of everything that holds documents. */
const OF_DOCUMENTS: readonly unknown[] = ['documents', ...queryKeys.openDocuments, ...queryKeys.summaries];
const holdsDocuments = ({ queryKey }: Query): boolean => OF_DOCUMENTS.includes(queryKey[0]);

/** What `watchFetches` answers. */
export interface FetchWatch {
  /** Fetches all documents again that have been fetched, or are being fetched, for whoever shows them. */
  refetchAll(): void;
  stop(): void;
}

/**
 * Watches fetches of documents: what the server read before an event can arrive after it.
 * @param now how many events there have been
 * @param behind told after a fetch, if there were events since it began, how many there were then
 */
export function watchFetches(
  queryClient: QueryClient,
  now: () => number,
  behind: (since: number) => void,
): FetchWatch {
  const begun = new WeakMap<Query, number>();
  const again = new WeakSet<Query>();
  const cache = queryClient.getQueryCache();
  const refetch = (query: Query): void => {
    void queryClient.invalidateQueries({ predicate: (one) => one === query });
  };
  const stop = cache.subscribe((event) => {
    if (event.type !== 'updated' || !holdsDocuments(event.query)) return;
    const { query, action } = event;
    if (action.type === 'fetch') begun.set(query, now());
    if (action.type !== 'success' || action.manual) return;
    const since = begun.get(query) ?? now();
    // Not from inside the cache's own notification: it has not told everybody of the answer yet.
    queueMicrotask(() => {
      if (again.delete(query)) refetch(query);
      if (since < now()) behind(since);
    });
  });
  return {
    stop,
    refetchAll: () => {
      for (const query of cache.getAll()) {
        if (!holdsDocuments(query)) continue;
        // A fetch under way cannot be begun again while there is nothing yet: it is followed by another one.
        if (query.state.fetchStatus === 'fetching' && query.state.data === undefined) again.add(query);
        else refetch(query);
      }
    },
  };
}
