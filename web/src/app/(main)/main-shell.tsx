'use client';

import { CircleAlert } from 'lucide-react';
import { usePathname } from 'next/navigation';
import type { ReactElement, ReactNode } from 'react';
import { Toasts } from '@/components/toast/toasts';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { SessionProvider } from '@/features/auth/session-provider';
import { LoadingDocuments } from '@/features/documents/dashboard';
import { WaitingSaves } from '@/features/editor/drafts/waiting-saves';
import { ConnectionLine } from '@/features/presence/connection-line';
import { hasCode, messageOf } from '@/lib/api/api-error';
import { Header, HeaderSkeleton } from './header';
import { Live } from './live';

/** The signed-in part of the app: the session, the tab's one connection, and the header. */
export function MainShell({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <SessionProvider
      waiting={<Waiting />}
      failed={(error, retry) =>
        hasCode(error, 'UNAUTHENTICATED') ? <Waiting /> : <Failed error={error} onRetry={retry} />
      }
    >
      <Live />
      <WaitingSaves />
      <ConnectionLine />
      <a
        href="#content"
        className="sr-only z-50 rounded-lg bg-fg px-3 py-2 text-bg focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <Header />
      <div id="content" tabIndex={-1} className="outline-none">
        {children}
      </div>
      <Toasts />
    </SessionProvider>
  );
}

function Waiting(): ReactElement {
  const pathname = usePathname();
  return (
    <>
      <HeaderSkeleton />
      {pathname === '/' ? (
        <div className="mx-auto w-full max-w-[1440px] px-4 pt-5 sm:px-6 lg:px-8">
          <div className="mb-4 flex h-9 items-center">
            <div className="skeleton h-6 w-32" />
          </div>
          <div className="mb-4 h-20 sm:h-10" />
          <LoadingDocuments view="grid" />
        </div>
      ) : null}
    </>
  );
}

function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }): ReactElement {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={<CircleAlert />}
        heading="Doclight cannot be reached"
        action={<Button onClick={onRetry}>Try again</Button>}
      >
        {messageOf(error)}
      </EmptyState>
    </main>
  );
}
