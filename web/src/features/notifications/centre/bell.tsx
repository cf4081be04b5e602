'use client';

import { Popover } from '@base-ui/react/popover';
import { useQueryClient } from '@tanstack/react-query';
import { Bell as BellIcon, CheckCheck, Settings } from 'lucide-react';
import Link from 'next/link';
import { type ReactElement, useRef, useState } from 'react';
import { buttonClass, iconButtonClass } from '@/components/ui/button-class';
import { Segments } from '@/components/ui/segments';
import { cn } from '@/lib/class-names';
import { notificationSettingsPath } from '@/lib/notifications/paths';
import { markRead } from '@/lib/notifications/read-notices';
import { unreadStore } from '@/lib/realtime/notices';
import { useStore } from '@/lib/store';
import { badgeText } from './badge-text';
import { markNotices, type NoticeFilter } from './centre-cache';
import { NoticeList } from './notice-list';
import { changeLists, useLiveNotices } from './use-notices';

/** The notification centre: how many are unread, and on demand all of them. */
export function Bell(): ReactElement {
  const unread = useStore(unreadStore, (count) => count) ?? 0;
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const [filter, setFilter] = useState<NoticeFilter>('all');
  const heading = useRef<HTMLHeadingElement>(null);
  useLiveNotices();
  const close = (): void => setOpen(false);
  const readAll = (): void => {
    changeLists(queryClient, (data) => markNotices(data, null));
    void markRead({ all: true });
    // The button is gone with the last unread one: the focus stays in the list.
    heading.current?.focus();
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={unread > 0 ? `Notifications, ${unread} unread` : 'Notifications'}
        className={cn(iconButtonClass, 'relative')}
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
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" collisionPadding={8} className="z-50">
          <Popover.Popup
            initialFocus={heading}
            className="floating flex max-h-[min(var(--available-height),36rem)] w-100 max-w-(--available-width) flex-col overflow-hidden rounded-lg bg-surface shadow-float outline-none"
          >
            <div className="flex items-center gap-1 px-4 pt-3">
              <Popover.Title
                ref={heading}
                tabIndex={-1}
                className="min-w-0 flex-1 text-[15px] font-semibold outline-none"
              >
                Notifications
              </Popover.Title>
              {unread > 0 ? (
                <button
                  type="button"
                  onClick={readAll}
                  className={buttonClass({ tone: 'quiet', size: 'sm' })}
                >
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
                onChoose={setFilter}
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
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
