'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { Announcer } from '@/lib/announce/announcer';
import { createQueryClient } from '@/lib/api/query-client';
import { isGuarded } from '@/lib/navigation/leave-guard';
import { loginPath } from '@/lib/navigation/safe-path';
import { signedOutStore } from '@/lib/session/signed-out';
import { startTheme } from '@/lib/theme/theme';

/** What every page needs around it. */
export function Providers({ children }: { readonly children: ReactNode }): ReactElement {
  const router = useRouter();
  const pathname = usePathname();
  const here = useRef(pathname);
  here.current = pathname;
  const [queryClient] = useState(() =>
    createQueryClient(() => {
      if (!isSignedInPage(here.current)) return;
      // A page with something to lose says so itself: the person may sign in again in another tab.
      if (isGuarded()) signedOutStore.set(true);
      else router.replace(loginPath(here.current));
    }),
  );
  useEffect(() => startTheme(), []);
  return (
    <QueryClientProvider client={queryClient}>
      {children}
      <Announcer />
    </QueryClientProvider>
  );
}

function isSignedInPage(path: string): boolean {
  return !['/login', '/setup', '/invite'].some((open) => path === open || path.startsWith(`${open}/`));
}
