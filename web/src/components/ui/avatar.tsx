import type { User } from '@doclight/protocol';
import type { ReactElement } from 'react';
import { cn } from '@/lib/class-names';
import { initials, readableOn } from './avatar-text';

interface AvatarProps {
  readonly user: Pick<User, 'name' | 'color'>;
  readonly size?: 16 | 20 | 24 | 28 | 32;
  /** Away from the keyboard or in another tab. */
  readonly dimmed?: boolean;
  readonly className?: string;
}

const SIZES = {
  16: 'size-4 text-[8px]',
  20: 'size-5 text-[9px]',
  24: 'size-6 text-[10px]',
  28: 'size-7 text-[11px]',
  32: 'size-8 text-xs',
} as const;

/** A person's initials on their colour. Decoration: the name stands beside it, or in the label around. */
export function Avatar({ user, size = 24, dimmed = false, className }: AvatarProps): ReactElement {
  return (
    <span
      aria-hidden="true"
      title={user.name}
      // Drawn by CSS: letters of a picture, not text of the page.
      data-initials={initials(user.name)}
      style={{ backgroundColor: user.color, color: readableOn(user.color) }}
      className={cn(
        'inline-flex shrink-0 select-none items-center before:content-[attr(data-initials)] justify-center rounded-full font-semibold leading-none',
        SIZES[size],
        dimmed && 'opacity-45 saturate-50',
        className,
      )}
    />
  );
}
