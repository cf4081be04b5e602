import type { User } from '@doclight/protocol';
import type { ReactElement } from 'react';
import { cn } from '@/lib/class-names';
import { Avatar } from './avatar';

interface StackedPerson extends User {
  readonly dimmed?: boolean;
}

interface AvatarStackProps {
  readonly people: readonly StackedPerson[];
  /** How many there are in all, where `people` was cut. */
  readonly count: number;
  readonly most?: number;
  readonly size?: 20 | 24 | 28;
  readonly className?: string;
}

/** People side by side, overlapping; the rest as a number. Decoration: the names are told elsewhere. */
export function AvatarStack({
  people,
  count,
  most = 4,
  size = 24,
  className,
}: AvatarStackProps): ReactElement {
  const shown = people.slice(0, count > most ? most - 1 : most);
  const more = count - shown.length;
  return (
    <span aria-hidden="true" className={cn('flex -space-x-1.5', className)}>
      {shown.map((person) => (
        <Avatar
          key={person.id}
          user={person}
          size={size}
          dimmed={person.dimmed ?? false}
          className="ring-2 ring-surface"
        />
      ))}
      {more > 0 ? (
        <span
          data-more={`+${more}`}
          className={cn(
            'inline-flex items-center justify-center rounded-full bg-sunken px-1 font-semibold before:content-[attr(data-more)] text-muted ring-2 ring-surface',
            size === 20
              ? 'h-5 min-w-5 text-[9px]'
              : size === 24
                ? 'h-6 min-w-6 text-[10px]'
                : 'h-7 min-w-7 text-[11px]',
          )}
        />
      ) : null}
    </span>
  );
}
