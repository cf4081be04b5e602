'use client';

import type { Document } from '@doclight/protocol';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactElement, useEffect, useRef } from 'react';
import { toast } from '@/components/toast/toast';
import { announce } from '@/lib/announce/announcer';
import { documentOf, editPath } from '@/lib/documents/paths';
import type { Asked } from '@/lib/editing/right-of-way';
import { usePaused } from '@/lib/editing/use-paused';
import { rightOfWay } from '@/lib/realtime/realtime';
import { FloatingCards } from './floating-card';
import { PausedCard } from './paused-card';
import { RequestCard } from './request-card';
import { useRequests } from './use-requests';

/** Handing the document of this page over: what others ask of one, and what becomes of what one asks. */
export function HandOver({ document }: { readonly document: Document }): ReactElement | null {
  const editing = documentOf(usePathname())?.phase === 'edit';
  const paused = usePaused(document.id);
  const { mine, toMe } = useRequests(document.id);
  useOutcome(mine, editing);
  // Whoever comes to the editor anew means to edit.
  useEffect(() => {
    if (!editing) rightOfWay.resume();
  }, [editing]);
  const given = paused !== null && paused.reason !== 'handing-over';
  if (given && editing) {
    return (
      <FloatingCards>
        <PausedCard document={document} paused={paused} />
      </FloatingCards>
    );
  }
  if (!editing || toMe.length === 0) return null;
  return (
    <FloatingCards>
      {toMe.map((request) => (
        <RequestCard key={request.requestId} request={request} />
      ))}
    </FloatingCards>
  );
}

/** Goes on to edit when one's request is granted, and says how it ended otherwise. */
function useOutcome(mine: Asked | null, editing: boolean): void {
  const router = useRouter();
  const state = mine?.state;
  const told = useRef('');
  useEffect(() => {
    if (!mine || state === 'open') return;
    const outcome = `${mine.requestId} ${state}`;
    if (told.current === outcome) return;
    told.current = outcome;
    const words = wordsOf(mine);
    announce(words);
    if (state === 'ended') toast(words);
    if (state !== 'accepted') return;
    rightOfWay.dismiss(mine.requestId);
    toast(words);
    if (!mine.here) return;
    rightOfWay.resume();
    if (editing) void rightOfWay.refresh();
    else router.push(editPath(mine.slug));
  }, [mine, state, editing, router]);
}

function wordsOf({ state, kind, to }: Asked): string {
  switch (state) {
    case 'accepted':
      return kind === 'take-over' ? `You have taken over from ${to.name}` : `${to.name} handed over to you`;
    case 'declined':
      return `${to.name} declined for now`;
    case 'expired':
      return `${to.name} did not answer`;
    default:
      return `${to.name} has stopped editing`;
  }
}
