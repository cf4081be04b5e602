'use client';

import { useRouter } from 'next/navigation';
import { type ReactElement, useEffect, useState } from 'react';
import { toast } from '@/components/toast/toast';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { readPath } from '@/lib/documents/paths';
import type { Asked } from '@/lib/editing/right-of-way';
import { rightOfWay } from '@/lib/realtime/realtime';
import { reasonOf } from './ask-to-edit';
import { FloatingCard } from './floating-card';
import { giveAway } from './give-away';
import { notifyHidden } from './notify-hidden';
import { useCountdown } from './use-countdown';

/** Somebody asks for the document that is edited here, or is about to take it over. */
export function RequestCard({ request }: { readonly request: Asked }): ReactElement {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const seconds = useCountdown(request.endsAt);
  const { requestId, documentId, by, kind, title, slug } = request;
  const warning = kind === 'take-over';
  const message = warning ? `${by.name} is about to take over` : `${by.name} asks to edit`;
  useEffect(() => notifyHidden(`${message} ${title}`, documentId), [message, title, documentId]);

  const accept = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    const failed = await giveAway(request);
    if (failed === null) {
      toast(`Handed over to ${by.name}`);
      router.push(readPath(slug));
      return;
    }
    setBusy(false);
    setFailure(failed);
  };
  const decline = (): void => {
    rightOfWay.answer(requestId, false).catch((error: unknown) => setFailure(reasonOf(error)));
  };
  return (
    <FloatingCard
      label="Request to edit"
      icon={<Avatar user={by} size={28} />}
      message={message}
      detail={
        failure ? (
          <span role="alert" className="text-danger">
            {failure}
          </span>
        ) : warning ? (
          <>
            You have not been here for a while. In <span className="tabular-nums">{seconds}</span> s they
            edit, and what you typed stays yours.
          </>
        ) : (
          <>Your work is saved first. You go on reading.</>
        )
      }
      actions={
        <>
          <Button size="sm" onClick={decline} aria-disabled={busy}>
            {warning ? 'I am still here' : 'Not now'}
          </Button>
          <Button size="sm" tone="primary" onClick={() => void accept()} aria-disabled={busy}>
            {busy ? 'Saving…' : 'Accept and hand over'}
          </Button>
        </>
      }
    />
  );
}
