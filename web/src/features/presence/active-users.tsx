'use client';

import type { ReactElement } from 'react';
import { AvatarStack } from '@/components/ui/avatar-stack';
import { PopoverButton } from '@/components/ui/popover-button';
import { lazily } from '@/lib/lazy/lazily';
import { usersStore } from '@/lib/realtime/realtime';
import { useStore } from '@/lib/store';

const Whereabouts = lazily(() => import('./whereabouts').then((module) => module.Whereabouts));

interface ActiveUsersProps {
  readonly workspaceId: string;
}

/** How many people are connected, and on demand who is where. */
export function ActiveUsers({ workspaceId }: ActiveUsersProps): ReactElement {
  const count = useStore(usersStore, (all) => all.get(workspaceId));
  return (
    <div className="flex shrink-0 items-center gap-2">
      <span className="flex items-baseline gap-1 text-[13px] text-muted">
        <output
          aria-label="Active users"
          aria-live="off"
          className="min-w-2 font-semibold text-fg tabular-nums"
        >
          {count?.activeUsers}
        </output>
        <span className="hidden sm:inline">active</span>
      </span>
      <PopoverButton
        aria-label="Who is here"
        className="inline-flex h-9 min-w-9 items-center justify-center rounded-lg px-1.5 hover:bg-hover"
        heading="Who is here"
        panelClass="max-h-(--available-height) w-72 max-w-[calc(100vw-16px)] overflow-y-auto p-3"
        load={Whereabouts.preload}
        content={({ title }) => (
          <>
            <div className="mb-2 text-[13px]">{title}</div>
            {count ? <Whereabouts count={count} /> : null}
          </>
        )}
      >
        {count ? (
          <>
            <AvatarStack
              people={count.people}
              count={count.activeUsers}
              most={4}
              className="hidden sm:flex"
            />
            <AvatarStack people={count.people} count={count.activeUsers} most={2} className="sm:hidden" />
          </>
        ) : (
          <span className="skeleton size-6 rounded-full" />
        )}
      </PopoverButton>
    </div>
  );
}
