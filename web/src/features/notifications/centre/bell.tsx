'use client';

import { Bell as BellIcon } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { iconButtonClass } from '@/components/ui/button-class';
import { PopoverButton } from '@/components/ui/popover-button';
import { cn } from '@/lib/class-names';
import { lazily } from '@/lib/lazy/lazily';
import { unreadStore } from '@/lib/realtime/notices';
import { useStore } from '@/lib/store';
import { badgeText } from './badge-text';
import type { NoticeFilter } from './centre-cache';
import { useLiveNotices } from './use-notices';

const Centre = lazily(() => import('./centre').then((module) => module.Centre));

/** The notification centre: how many are unread, and on demand all of them. */
export function Bell(): ReactElement {
  const unread = useStore(unreadStore, (count) => count) ?? 0;
  const [filter, setFilter] = useState<NoticeFilter>('all');
  useLiveNotices();
  return (
    <PopoverButton
      aria-label={unread > 0 ? `Notifications, ${unread} unread` : 'Notifications'}
      className={cn(iconButtonClass, 'relative')}
      heading="Notifications"
      panelClass="flex max-h-[min(var(--available-height),36rem)] w-100 max-w-(--available-width) flex-col overflow-hidden"
      load={Centre.preload}
      content={(popover) => <Centre {...popover} filter={filter} onFilter={setFilter} />}
    >
      <BellIcon aria-hidden="true" />
      {unread > 0 ? (
        <span
          aria-hidden="true"
          data-unread={unread}
          className="absolute top-0.5 left-1/2 ml-0.5 flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-[10px] leading-none font-semibold text-accent-fg tabular-nums ring-2 ring-bg"
        >
          {badgeText(unread)}
        </span>
      ) : null}
    </PopoverButton>
  );
}
