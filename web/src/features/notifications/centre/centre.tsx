'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CheckCheck, Settings } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { buttonClass, iconButtonClass } from '@/components/ui/button-class';
import type { PopoverContent } from '@/components/ui/loaded-popover';
import { Segments } from '@/components/ui/segments';
import { cn } from '@/lib/class-names';
import { notificationSettingsPath } from '@/lib/notifications/paths';
import { markRead } from '@/lib/notifications/read-notices';
import { unreadStore } from '@/lib/realtime/notices';
import { useStore } from '@/lib/store';
import { markNotices, type NoticeFilter } from './centre-cache';
import { NoticeList } from './notice-list';
import { changeLists } from './use-notices';

interface CentreProps extends PopoverContent {
  readonly filter: NoticeFilter;
  readonly onFilter: (filter: NoticeFilter) => void;
}

/** The person's notices, in the popover of the bell. */
export function Centre({ title, close, focusTitle, filter, onFilter }: CentreProps): ReactElement {
  const queryClient = useQueryClient();
  const unread = useStore(unreadStore, (count) => count) ?? 0;
  const readAll = (): void => {
    changeLists(queryClient, (data) => markNotices(data, null));
    void markRead({ all: true });
    // The button is gone with the last unread one: the focus stays in the list.
    focusTitle();
  };
  return (
    <>
      <div className="flex items-center gap-1 px-4 pt-3 text-[15px]">
        {title}
        {unread > 0 ? (
          <button type="button" onClick={readAll} className={buttonClass({ tone: 'quiet', size: 'sm' })}>
            <CheckCheck aria-hidden="true" />
            Mark all as read
          </button>
        ) : null}
        <Link
          href={notificationSettingsPath}
          onClick={close}
          aria-label="Notification settings"
          title="Notification settings"
          className={cn(iconButtonClass, '-mr-2')}
        >
          <Settings aria-hidden="true" />
        </Link>
      </div>
      <div className="px-4 pt-1 pb-2">
        <Segments
          label="Which notifications"
          value={filter}
          onChoose={onFilter}
          className="inline-flex"
          choices={[
            { value: 'all', text: 'All' },
            { value: 'unread', text: 'Unread' },
          ]}
        />
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard.
        tabIndex={0}
        aria-label="List of notifications"
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain border-t border-line p-1.5 -outline-offset-2"
      >
        <NoticeList filter={filter} onLeave={close} />
      </section>
    </>
  );
}
