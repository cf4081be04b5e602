'use client';

import type { ReactElement } from 'react';
import { StatusIcon } from '@/components/presence/status-icon';
import { cn } from '@/lib/class-names';
import { changeDashboard, type DashboardFilter } from './dashboard-state';

interface FiltersProps {
  readonly filter: DashboardFilter;
  /** Counts as shown, null while not known. */
  readonly all: string | null;
  readonly editing: number | null;
  readonly reading: number | null;
}

/** All, being edited, being read: each with how many there are now. */
export function Filters({ filter, all, editing, reading }: FiltersProps): ReactElement {
  return (
    <fieldset className="flex min-w-0 gap-1 overflow-x-auto rounded-lg bg-sunken p-1">
      <legend className="sr-only">Filter</legend>
      <Choice value="all" filter={filter} name="All" count={all} />
      <Choice value="edit" filter={filter} name="Being edited" count={editing} />
      <Choice value="read" filter={filter} name="Being read" count={reading} />
    </fieldset>
  );
}

interface ChoiceProps {
  readonly value: DashboardFilter;
  readonly filter: DashboardFilter;
  readonly name: string;
  readonly count: string | number | null;
}

function Choice({ value, filter, name, count }: ChoiceProps): ReactElement {
  const chosen = value === filter;
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={() => changeDashboard({ filter: value })}
      className={cn(
        'inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2 text-[13px] sm:px-2.5 font-medium whitespace-nowrap text-muted transition-colors hover:text-fg',
        chosen && 'bg-surface text-fg shadow-[0_1px_2px_rgb(0_0_0/0.08)]',
      )}
    >
      {value === 'all' ? null : (
        <span className={value === 'edit' ? 'text-edit' : 'text-read'}>
          <StatusIcon status={value} />
        </span>
      )}
      {name}
      <span className="text-center text-xs text-subtle tabular-nums">{count ?? ''}</span>
    </button>
  );
}
