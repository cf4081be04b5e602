import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, hasCode } from './api-error';

/**
 * The cache of what the server said. Live events keep it fresh, so nothing is fetched again only
 * because a tab came back.
 * @param onSignedOut called when any request finds that the session is over
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (hasCode(error, 'UNAUTHENTICATED')) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        // A server on the same machine is reachable while the browser believes to be offline.
        networkMode: 'always',
        retry: (failures, error) =>
          failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
