'use client';

import type { ConnectErrorCode } from '@doclight/protocol';
import type { ReactElement } from 'react';
import { connectionStore, staleStore } from '@/lib/realtime/connection';
import { useStore } from '@/lib/store';

const REFUSALS: Readonly<Record<ConnectErrorCode, string>> = {
  UNAUTHENTICATED: 'Reconnecting…',
  FORBIDDEN_ORIGIN: 'Live updates are not allowed from this address.',
  TOO_MANY_CONNECTIONS: 'Too many tabs are open: live updates wait until one is closed.',
  UNSUPPORTED_PROTOCOL: 'Doclight was updated. Reload the page for live updates.',
};

/** One thin line on top while the connection is away; it floats, so that nothing moves. */
export function ConnectionLine(): ReactElement {
  const stale = useStore(staleStore, (value) => value);
  const refusal = useStore(connectionStore, (connection) => connection.refusal);
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-0 z-50">
      {stale ? (
        <div className="fade-in flex flex-col items-center">
          <div className="h-0.5 w-full bg-read" />
          <div className="rounded-b-lg bg-fg px-3 py-1 text-xs font-medium text-bg">
            {refusal ? REFUSALS[refusal] : 'Reconnecting…'}
          </div>
        </div>
      ) : null}
    </div>
  );
}
