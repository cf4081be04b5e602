'use client';

import type { Document } from '@doclight/protocol';
import { Lock } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '@/components/ui/button';
import { unsavedStore } from '@/lib/documents/unsaved';
import type { Paused } from '@/lib/editing/right-of-way';
import { useOthers } from '@/lib/presence/use-presence';
import { rightOfWay } from '@/lib/realtime/realtime';
import { useStore } from '@/lib/store';
import { clockTime } from '@/lib/time/relative-time';
import { AskToEdit } from './ask-to-edit';
import { FloatingCard } from './floating-card';

interface PausedCardProps {
  readonly document: Document;
  readonly paused: Paused;
}

/** The document was taken over, or given away in another tab: what was typed here is kept, and what now. */
export function PausedCard({ document, paused }: PausedCardProps): ReactElement {
  const unsaved = useStore(unsavedStore, (value) => value);
  const others = useOthers(document.workspaceId, document.id);
  const free = others?.status !== 'edit';
  const name = paused.by?.name ?? 'Somebody else';
  const verb = paused.reason === 'taken-over' ? 'took over' : 'got the document';
  return (
    <FloatingCard
      label="Paused"
      icon={<Lock aria-hidden="true" className="size-5 text-muted" />}
      message={
        <>
          {name} {verb} at {clockTime(paused.at)}
        </>
      }
      detail={
        <>
          {unsaved
            ? 'What you typed is kept here, unsaved. It is merged when you go on.'
            : 'Everything you typed is saved.'}
          {free ? ' Nobody else is editing now.' : ''}
        </>
      }
      actions={
        <>
          <Button size="sm" tone={free ? 'primary' : 'plain'} onClick={() => rightOfWay.resume()}>
            {free ? 'Go on editing' : unsaved ? 'Edit too and merge' : 'Edit too'}
          </Button>
          <AskToEdit document={document} className="" />
        </>
      }
    />
  );
}
