'use client';

import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { lazily } from '@/lib/lazy/lazily';
import { describePerson } from '@/lib/presence/label-text';
import type { OthersPresence } from '@/lib/presence/others';
import { useNow } from '@/lib/time/use-now';
import { PresenceLabel } from './presence-label';

const PeopleTooltip = lazily(() => import('./people-tooltip').then((module) => module.PeopleTooltip));

/** A pointer that only passes opens nothing. */
const OPEN_AFTER_MS = 250;
/** Long enough to go from the label into what it opened. */
const CLOSE_AFTER_MS = 150;

interface DetailedLabelProps {
  readonly others: OthersPresence | null;
  readonly names?: number;
}

/** The label; where somebody is, hover or focus lists everyone with what they do. */
export function DetailedLabel({ others, names = 1 }: DetailedLabelProps): ReactElement {
  const label = <PresenceLabel others={others} names={names} />;
  if (!others || others.status === 'free') return label;
  return <Described others={others}>{label}</Described>;
}

interface DescribedProps {
  readonly others: OthersPresence;
  readonly children: ReactElement;
}

function Described({ others, children }: DescribedProps): ReactElement {
  const now = useNow();
  const label = useRef<HTMLButtonElement>(null);
  const [used, setUsed] = useState(false);
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const turn = useCallback((next: boolean, after: number): void => {
    clearTimeout(timer.current);
    if (next) setUsed(true);
    timer.current = setTimeout(() => setOpen(next), after);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  const description = [
    ...others.editors.map((person) => `${person.name} ${describePerson(person, 'edit', now)}`),
    ...others.readers.map((person) => `${person.name} ${describePerson(person, 'read', now)}`),
  ].join('; ');
  return (
    <>
      <button
        ref={label}
        type="button"
        aria-description={description}
        className="inline-flex min-w-0 cursor-default rounded-full"
        onPointerEnter={(event) => {
          if (event.pointerType !== 'touch') turn(true, OPEN_AFTER_MS);
        }}
        onPointerLeave={() => turn(false, CLOSE_AFTER_MS)}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) turn(true, 0);
        }}
        onBlur={() => turn(false, 0)}
        onClick={() => turn(false, 0)}
      >
        {children}
      </button>
      {used ? (
        <PeopleTooltip
          anchor={label}
          others={others}
          open={open}
          onClose={() => turn(false, 0)}
          onHover={(inside) => turn(inside, inside ? 0 : CLOSE_AFTER_MS)}
        />
      ) : null}
    </>
  );
}
