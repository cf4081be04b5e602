'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { type ReactElement, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { type Session, SessionContext } from '@/lib/session/session';
import { pickWorkspace, rememberedWorkspace, rememberWorkspace } from '@/lib/session/workspace-choice';

interface SessionProviderProps {
  readonly children: ReactNode;
  /** Shown until it is known who is signed in. */
  readonly waiting: ReactNode;
  /** Shown when that cannot be found out. */
  readonly failed: (error: unknown, retry: () => void) => ReactNode;
}

/** Asks who is signed in; nobody is sent to sign in (by the query cache). */
export function SessionProvider({ children, waiting, failed }: SessionProviderProps): ReactElement {
  const queryClient = useQueryClient();
  const me = useQuery({ queryKey: queryKeys.me, queryFn: () => request('GET /api/auth/me'), staleTime: 0 });
  const asked = useSearchParams().get('workspace');
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => setChosen(rememberedWorkspace()), []);
  const chooseWorkspace = useCallback((id: string) => {
    rememberWorkspace(id);
    setChosen(id);
  }, []);
  const session = useMemo<Session | null>(() => {
    if (!me.data) return null;
    const { user, workspaces } = me.data;
    return { user, workspaces, workspace: pickWorkspace(workspaces, asked, chosen), chooseWorkspace };
  }, [me.data, asked, chosen, chooseWorkspace]);
  const askedId = session?.workspaces.find((workspace) => workspace.slug === asked)?.id;
  useEffect(() => {
    if (askedId !== undefined) chooseWorkspace(askedId);
  }, [askedId, chooseWorkspace]);
  if (session) return <SessionContext value={session}>{children}</SessionContext>;
  if (me.isError) {
    const retry = (): void => void queryClient.invalidateQueries({ queryKey: queryKeys.me });
    return <>{failed(me.error, retry)}</>;
  }
  return <>{waiting}</>;
}
