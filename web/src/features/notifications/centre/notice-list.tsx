'use client';

import type { Notice } from '@doclight/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { BellOff, CircleAlert, MailCheck } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useEffect, useRef } from 'react';
import { toast } from '@/components/toast/toast';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { messageOf } from '@/lib/api/api-error';
import { request } from '@/lib/api/request';
import { markRead } from '@/lib/notifications/read-notices';
import { useSession } from '@/lib/session/session';
import { markNotices, type NoticeFilter } from './centre-cache';
import { NoticeRow } from './notice-row';
import { changeLists, useNotices } from './use-notices';

interface NoticeListProps {
  readonly filter: NoticeFilter;
  /** Somebody follows a notice to its page. */
  readonly onLeave: () => void;
}

/** The person's notices, newest first; the arrow keys go from one to the next. */
export function NoticeList({ filter, onLeave }: NoticeListProps): ReactElement {
  const { notices, status, error, hasMore, moreFailed, loadMore, retry } = useNotices(filter);
  const { workspaces } = useSession();
  const queryClient = useQueryClient();
  const mark = (notice: Notice, read: boolean): void => {
    changeLists(queryClient, (data) => markNotices(data, [notice.id], read));
    request('PATCH /api/notifications/:notificationId', {
      params: { notificationId: notice.id },
      body: { read },
    }).catch((failure: unknown) => {
      changeLists(queryClient, (data) => markNotices(data, [notice.id], !read));
      toast.error(messageOf(failure));
    });
  };
  if (status === 'pending') return <Loading />;
  if (status === 'error')
    return (
      <EmptyState
        icon={<CircleAlert />}
        heading="The notifications could not be loaded"
        action={<Button onClick={retry}>Try again</Button>}
      >
        {messageOf(error)}
      </EmptyState>
    );
  if (notices.length === 0)
    return (
      <EmptyState
        icon={filter === 'unread' ? <MailCheck /> : <BellOff />}
        heading={filter === 'unread' ? 'You have read everything' : 'Nothing yet'}
      >
        {filter === 'unread'
          ? 'What comes next shows here at once.'
          : 'When somebody saves a document that you wrote, edited or watch, it shows here.'}
      </EmptyState>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the links in it.
    <div onKeyDown={moveFocus}>
      <ul aria-label="Notifications">
        {notices.map((notice) => {
          const workspace = workspaces.find(({ id }) => id === notice.workspaceId);
          return (
            <NoticeRow
              key={notice.id}
              notice={notice}
              workspaceName={workspaces.length > 1 ? (workspace?.name ?? null) : null}
              href={hrefOf(notice, workspace?.slug)}
              onOpen={() => {
                if (!notice.read) void markRead({ ids: [notice.id] });
                onLeave();
              }}
              onMark={(read) => mark(notice, read)}
            />
          );
        })}
      </ul>
      {hasMore ? <More failed={moreFailed} onReach={loadMore} /> : null}
    </div>
  );
}

function hrefOf({ url, document }: Notice, workspaceSlug: string | undefined): string | null {
  if (document && !document.exists) return null;
  return url === '/' && workspaceSlug !== undefined ? `/?workspace=${workspaceSlug}` : url;
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-notice-link]')];
  const row = document.activeElement?.closest('[data-notice]');
  const at = links.findIndex((link) => row?.contains(link));
  const next = { ArrowDown: at + 1, ArrowUp: Math.max(at - 1, 0), Home: 0, End: links.length - 1 }[event.key];
  links[Math.min(next ?? 0, links.length - 1)]?.focus();
  event.preventDefault();
}

/** Loads on when it comes into sight; also a button, for whoever gets here by keyboard or after a failure. */
function More({ failed, onReach }: { readonly failed: boolean; readonly onReach: () => void }): ReactElement {
  const end = useRef<HTMLDivElement>(null);
  const reach = useRef(onReach);
  reach.current = onReach;
  useEffect(() => {
    if (!end.current || failed) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) reach.current();
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  });
  return (
    <div ref={end} className="flex flex-col items-center gap-1 py-3 text-[13px] text-muted">
      {failed ? 'Older ones could not be loaded.' : null}
      <Button size="sm" tone="quiet" onClick={onReach}>
        {failed ? 'Try again' : 'Show older ones'}
      </Button>
    </div>
  );
}

function Loading(): ReactElement {
  return (
    <div aria-busy="true" className="flex flex-col">
      <span className="sr-only">Loading notifications</span>
      {['first', 'second', 'third', 'fourth'].map((place) => (
        <div key={place} className="flex items-start gap-2.5 px-2.5 py-2.5">
          <div className="skeleton size-7 rounded-full" />
          <div className="flex flex-1 flex-col gap-1.5 pt-0.5">
            <div className="skeleton h-3.5 w-4/5" />
            <div className="skeleton h-3 w-1/3" />
          </div>
        </div>
      ))}
    </div>
  );
}
