'use client';

import type { ReactElement } from 'react';
import { cn } from '@/lib/class-names';
import { hasUnsaved, labelText } from '@/lib/presence/label-text';
import type { OthersPresence } from '@/lib/presence/others';
import { useStaleSince } from '@/lib/realtime/connection';
import { clockTime } from '@/lib/time/relative-time';
import { StatusIcon } from './status-icon';

const TONES = {
  free: 'border-free-line bg-free-bg text-free-fg',
  read: 'border-read-line bg-read-bg text-read-fg',
  edit: 'border-edit-line bg-edit-bg text-edit-fg',
} as const;

interface PresenceLabelProps {
  /** Null while it is not known who is there: a quiet placeholder of the same height. */
  readonly others: OthersPresence | null;
  /** How many names are spelt out. */
  readonly names?: number;
  readonly className?: string;
}

/**
 * The traffic light: an icon, a word and people. It speaks of others only. While the connection is
 * away it turns grey and says as of when.
 */
export function PresenceLabel({ others, names = 1, className }: PresenceLabelProps): ReactElement {
  const staleSince = useStaleSince();
  if (!others) return <span className={cn('skeleton inline-block h-6 w-16 rounded-full', className)} />;
  const text = labelText(others, names);
  return (
    <span
      data-status={others.status}
      data-presence-label=""
      className={cn(
        'inline-flex h-6 min-w-0 max-w-full items-center gap-1.5 rounded-full border px-2 text-xs font-medium transition-colors duration-300',
        staleSince === null ? TONES[others.status] : 'border-line bg-stale-bg text-stale-fg',
        className,
      )}
    >
      <StatusIcon status={others.status} />
      <span key={others.status} className="fade-in truncate">
        {text.word}
        {text.names === '' ? null : ` · ${text.names}`}
        {staleSince === null ? null : ` · as of ${clockTime(staleSince)}`}
      </span>
      {hasUnsaved(others) ? (
        <span
          aria-hidden="true"
          title="Unsaved changes"
          className="size-1.5 shrink-0 rounded-full bg-current"
        />
      ) : null}
    </span>
  );
}
