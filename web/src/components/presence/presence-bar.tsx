'use client';

import type { ReactElement } from 'react';
import { cn } from '@/lib/class-names';
import { describePerson } from '@/lib/presence/label-text';
import type { OthersPresence } from '@/lib/presence/others';
import { useStaleSince } from '@/lib/realtime/connection';
import { useNow } from '@/lib/time/use-now';
import { DetailedLabel } from './detailed-label';
import { PeopleStack } from './people-stack';
import { YouChip } from './you-chip';

interface PresenceBarProps {
  readonly others: OthersPresence | null;
  /** Colours the whole bar while others edit: for those who are about to type. */
  readonly warn?: boolean;
}

/** A slim bar that tells who else is in the document and what they do. */
export function PresenceBar({ others, warn = false }: PresenceBarProps): ReactElement {
  const stale = useStaleSince() !== null;
  const alarmed = warn && !stale && others?.status === 'edit';
  return (
    <div
      className={cn(
        'flex min-h-11 items-center gap-2 rounded-lg border px-2.5 py-1.5 transition-colors duration-300',
        alarmed ? 'border-edit-line bg-edit-bg' : 'border-line bg-surface',
      )}
    >
      <DetailedLabel others={others} names={2} />
      {others?.mine ? <YouChip phase={others.mine} /> : null}
      <span
        className={cn(
          'hidden min-w-0 flex-1 truncate text-[13px] sm:block',
          alarmed ? 'text-edit-fg' : 'text-muted',
        )}
      >
        {others ? <Sentence others={others} /> : null}
      </span>
      <PeopleStack others={others} most={5} className="ml-auto" />
    </div>
  );
}

function Sentence({ others }: { readonly others: OthersPresence }): ReactElement {
  const now = useNow();
  if (others.status === 'free') return <>Nobody else is here</>;
  const editing = others.status === 'edit';
  const first = editing ? others.editors[0] : others.readers[0];
  const count = editing ? others.editorCount : others.readerCount;
  if (count === 1 && first)
    return (
      <>
        {first.name} is {describePerson(first, editing ? 'edit' : 'read', now)}
      </>
    );
  return (
    <>
      {count} people are {editing ? 'editing' : 'reading'}
    </>
  );
}
