'use client';

import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { describePerson } from '@/lib/presence/label-text';
import type { OthersPresence } from '@/lib/presence/others';
import { useNow } from '@/lib/time/use-now';
import { PeopleList } from './people-list';
import { PresenceLabel } from './presence-label';

interface DetailedLabelProps {
  readonly others: OthersPresence | null;
  readonly names?: number;
}

/** The label; where somebody is, hover or focus lists everyone with what they do. */
export function DetailedLabel({ others, names = 1 }: DetailedLabelProps): ReactElement {
  const now = useNow();
  const label = <PresenceLabel others={others} names={names} />;
  if (!others || others.status === 'free') return label;
  const description = [
    ...others.editors.map((person) => `${person.name} ${describePerson(person, 'edit', now)}`),
    ...others.readers.map((person) => `${person.name} ${describePerson(person, 'read', now)}`),
  ].join('; ');
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        delay={250}
        aria-description={description}
        className="inline-flex min-w-0 cursor-default rounded-full"
      >
        {label}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} align="start" className="z-50">
          <Tooltip.Popup className="floating max-w-72 min-w-44 rounded-lg bg-surface p-3 text-[13px] shadow-float">
            <PeopleList others={others} />
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
