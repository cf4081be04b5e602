import type { Revision } from '@doclight/protocol';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import type { Pair } from './selection';

/** Two revisions whole. */
export interface Comparison {
  /** Null: there was nothing before. */
  readonly before: Revision | null;
  readonly after: Revision;
}

/**
 * Loads two revisions to compare; until they are there, the ones before stay.
 * @param pair null while it is not known
 */
export function useComparison(slug: string, pair: Pair | null): UseQueryResult<Comparison> {
  const { before, after } = pair ?? { before: 0, after: 0 };
  return useQuery({
    queryKey: queryKeys.comparison(slug, before, after),
    queryFn: async ({ signal }): Promise<Comparison> => {
      const load = (revision: number): Promise<Revision> =>
        request('GET /api/documents/:id/revisions/:revision', {
          params: { id: slug, revision: String(revision) },
          signal,
        });
      const [old, now] = await Promise.all([before === 0 ? null : load(before), load(after)]);
      return { before: old, after: now };
    },
    enabled: pair !== null,
    // A revision never changes.
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}
