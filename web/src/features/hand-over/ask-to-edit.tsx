'use client';

import type { Document, LeaseRequest } from '@doclight/protocol';
import { Hand, Hourglass, X } from 'lucide-react';
import { type ReactElement, useEffect } from 'react';
import { toast } from '@/components/toast/toast';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/class-names';
import type { Asked } from '@/lib/editing/right-of-way';
import { useOthers } from '@/lib/presence/use-presence';
import { rightOfWay } from '@/lib/realtime/realtime';
import { SocketRequestError } from '@/lib/realtime/socket';
import { useSession } from '@/lib/session/session';
import { useStore } from '@/lib/store';
import { useCountdown, useReached } from './use-countdown';
import { useRequests } from './use-requests';

/** No higher than the bar it stands in, which must not grow under the eyes of who reads. */
const low = 'h-7';
/** A row of its own on a phone. */
const alone = 'max-sm:w-full max-sm:justify-end';

interface AskToEditProps {
  readonly document: Document;
  /** Classes of its buttons. */
  readonly className?: string;
}

/** Where somebody else has the right of way: asks for it, says how that stands, or takes over who is away. */
export function AskToEdit({ document, className = low }: AskToEditProps): ReactElement | null {
  const { user } = useSession();
  const others = useOthers(document.workspaceId, document.id);
  const lease = useStore(rightOfWay.leases, (leases) => leases.get(document.id));
  const { mine } = useRequests(document.id);
  const editing = (others?.editorCount ?? 0) > 0;
  const takeable = useReached(lease?.takeOverAt ?? null);
  useEffect(() => {
    if (editing) void rightOfWay.refresh();
  }, [editing]);
  // How a request ended is of no use once nobody is left to be asked.
  useEffect(() => {
    if (!editing && mine && mine.state !== 'open' && mine.state !== 'accepted')
      rightOfWay.dismiss(mine.requestId);
  }, [editing, mine]);
  if (mine?.state === 'open') return <Waiting request={mine} className={className} />;
  const editor = lease?.holder ?? others?.editors[0];
  if (!editing || !editor || editor.id === user.id) return null;
  const ask = (kind: LeaseRequest['kind']) => (): void => {
    rightOfWay.ask(document.id, kind).catch((error: unknown) => toast.error(reasonOf(error)));
  };
  return (
    <span className={cn('flex items-center gap-2', mine && alone)}>
      {mine ? <Ended request={mine} /> : null}
      {takeable ? (
        <Button size="sm" className={className} onClick={ask('take-over')}>
          <Hand aria-hidden="true" />
          Take over
        </Button>
      ) : (
        <Button size="sm" className={className} onClick={ask('ask')}>
          <Hand aria-hidden="true" />
          {mine ? 'Ask again' : 'Ask to edit'}
        </Button>
      )}
    </span>
  );
}

interface WaitingProps {
  readonly request: Asked;
  readonly className: string;
}

function Waiting({ request, className }: WaitingProps): ReactElement {
  const seconds = useCountdown(request.endsAt);
  const warning = request.kind === 'take-over';
  const cancel = (): void => {
    rightOfWay.cancel(request.requestId).catch((error: unknown) => toast.error(reasonOf(error)));
  };
  return (
    <span className={cn('flex items-center gap-2', alone)}>
      <span className="flex min-w-0 items-center gap-1.5 text-[13px] font-medium text-fg">
        <Hourglass aria-hidden="true" className="size-3.5 shrink-0" />
        <span className="truncate">
          {warning ? `Taking over from ${request.to.name}` : `Waiting for ${request.to.name}…`}
        </span>
        <span aria-hidden="true" className="text-muted tabular-nums">
          {seconds} s
        </span>
      </span>
      <Button size="sm" className={className} aria-label="Cancel the request" onClick={cancel}>
        <X aria-hidden="true" />
        Cancel
      </Button>
    </span>
  );
}

function Ended({ request }: { readonly request: Asked }): ReactElement | null {
  const { name } = request.to;
  if (request.state === 'declined') return <Words text={`${name}: not now`} />;
  if (request.state === 'expired') return <Words text={`No answer from ${name}`} />;
  return null;
}

function Words({ text }: { readonly text: string }): ReactElement {
  return <span className="min-w-0 truncate text-[13px] font-medium text-fg">{text}</span>;
}

/** Why something was refused, fit to be shown. */
export function reasonOf(error: unknown): string {
  if (error instanceof SocketRequestError && error.code !== null) return error.message;
  return 'The server cannot be reached. Try again when the connection is back.';
}
