import type { PresenceStatus } from '@doclight/protocol';
import type { ReactElement } from 'react';

/** An open, half-filled or full circle: the state can be read without any colour. */
export function StatusIcon({ status }: { readonly status: PresenceStatus }): ReactElement {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 shrink-0" fill="none">
      <circle cx="6" cy="6" r="4.75" stroke="currentColor" strokeWidth="1.5" />
      {status === 'read' ? <path d="M6 1.25a4.75 4.75 0 0 1 0 9.5z" fill="currentColor" /> : null}
      {status === 'edit' ? <circle cx="6" cy="6" r="4.75" fill="currentColor" /> : null}
    </svg>
  );
}
