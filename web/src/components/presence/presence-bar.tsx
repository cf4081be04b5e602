'use client';

import { type ReactElement, useContext } from 'react';
import { cn } from '@/lib/class-names';
import type { OthersPresence } from '@/lib/presence/others';
import { sentenceOf } from '@/lib/presence/sentence';
import { useStaleSince } from '@/lib/realtime/connection';
import { useNow } from '@/lib/time/use-now';
import { DetailedLabel } from './detailed-label';
import { PeopleStack } from './people-stack';
import { PresenceAction } from './presence-action';
import { YouChip } from './you-chip';

interface PresenceBarProps {
  readonly others: OthersPresence | null;
  /**
   * For those who are about to type: the bar is coloured while others edit, and the sentence is there on
   * a phone too.
   */
  readonly warn?: boolean;
}

/** A slim bar that tells who else is in the document and what they do. */
export function PresenceBar({ others, warn = false }: PresenceBarProps): ReactElement {
  const stale = useStaleSince() !== null;
  const action = useContext(PresenceAction);
  const alarmed = warn && !stale && others?.status === 'edit';
  return (
    <div
      role="group"
      aria-label="Who is here"
      className={cn(
        'flex min-h-11 items-center gap-x-2 gap-y-1 rounded-lg border px-2.5 py-1.5 transition-colors duration-300',
        // What one can do stays in the one row where it fits.
        'max-sm:flex-wrap',
        warn && 'max-sm:min-h-22 max-sm:content-start',
        alarmed ? 'border-edit-line bg-edit-bg' : 'border-line bg-surface',
      )}
    >
      <DetailedLabel others={others} names={2} />
      {others?.mine ? <YouChip phase={others.mine} /> : null}
      <span
        className={cn(
          'min-w-0 text-[13px]',
          // Room for two lines, so that the page does not move while one types.
          warn ? 'max-sm:order-last max-sm:line-clamp-2 max-sm:min-h-10 max-sm:w-full' : 'max-sm:hidden',
          'sm:flex-1 sm:truncate',
          alarmed ? 'text-edit-fg' : 'text-muted',
        )}
      >
        {others ? <Sentence others={others} /> : null}
      </span>
      <PeopleStack others={others} most={5} className="ml-auto" />
      {action}
    </div>
  );
}

function Sentence({ others }: { readonly others: OthersPresence }): ReactElement {
  const sentence = sentenceOf(others, useNow());
  return <span title={sentence}>{sentence}</span>;
}
