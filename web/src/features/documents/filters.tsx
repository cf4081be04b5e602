'use client';

import { Eye } from 'lucide-react';
import type { ReactElement } from 'react';
import { StatusIcon } from '@/components/presence/status-icon';
import { Segments } from '@/components/ui/segments';
import { changeDashboard, type DashboardFilter } from './dashboard-state';

interface FiltersProps {
  readonly filter: DashboardFilter;
  /** Counts as shown, null while not known. */
  readonly all: string | null;
  readonly editing: number | null;
  readonly reading: number | null;
  readonly watched: number | null;
}

/** All, being edited, being read, watched: each with how many there are now. */
export function Filters({ filter, all, editing, reading, watched }: FiltersProps): ReactElement {
  return (
    <Segments
      label="Filter"
      value={filter}
      onChoose={(value) => changeDashboard({ filter: value })}
      choices={[
        { value: 'all', text: <Choice value="all" name="All" count={all} /> },
        { value: 'edit', text: <Choice value="edit" name="Being edited" count={editing} /> },
        { value: 'read', text: <Choice value="read" name="Being read" count={reading} /> },
        { value: 'watched', text: <Choice value="watched" name="Watched" count={watched} /> },
      ]}
    />
  );
}

interface ChoiceProps {
  readonly value: DashboardFilter;
  readonly name: string;
  readonly count: string | number | null;
}

function Choice({ value, name, count }: ChoiceProps): ReactElement {
  return (
    <>
      {value === 'watched' ? <Eye aria-hidden="true" className="size-3.5" /> : null}
      {value === 'edit' || value === 'read' ? (
        <span className={value === 'edit' ? 'text-edit' : 'text-read'}>
          <StatusIcon status={value} />
        </span>
      ) : null}
      {name}
      <span className="text-center text-xs text-subtle tabular-nums">{count ?? ''}</span>
    </>
  );
}
