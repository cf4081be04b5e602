'use client';

import { Popover } from '@base-ui/react/popover';
import type { ReactElement } from 'react';
import { AvatarStack } from '@/components/ui/avatar-stack';
import { usersStore } from '@/lib/realtime/realtime';
import { useStore } from '@/lib/store';
import { Whereabouts } from './whereabouts';

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
      <Popover.Root>
        <Popover.Trigger
          aria-label="Who is here"
          className="inline-flex h-9 min-w-9 items-center justify-center rounded-lg px-1.5 hover:bg-hover"
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
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner sideOffset={6} align="end" className="z-50">
            <Popover.Popup className="floating max-h-(--available-height) w-72 max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg bg-surface p-3 shadow-float outline-none">
              <Popover.Title className="mb-2 text-[13px] font-semibold">Who is here</Popover.Title>
              {count ? <Whereabouts count={count} /> : null}
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}
