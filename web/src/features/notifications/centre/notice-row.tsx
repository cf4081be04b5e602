'use client';

import type { Notice, NotificationType } from '@doclight/protocol';
import { AtSign, Eye, FilePlus, FileX, Hand, type LucideIcon, MailCheck, MailOpen, Save } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { iconButtonClass } from '@/components/ui/button-class';
import { TimeAgo } from '@/components/ui/time-ago';
import { cn } from '@/lib/class-names';
import { noticeParts } from '@/lib/notifications/notice-parts';

const ICONS: Readonly<Record<NotificationType, LucideIcon>> = {
  saved: Save,
  created: FilePlus,
  deleted: FileX,
  opened: Eye,
  mentioned: AtSign,
  'edit-requested': Hand,
};

interface NoticeRowProps {
  readonly notice: Notice;
  /** Said where the person is in several workspaces. */
  readonly workspaceName: string | null;
  /** Where it leads; null: nowhere any more. */
  readonly href: string | null;
  readonly onOpen: () => void;
  readonly onMark: (read: boolean) => void;
}

/** One notice: a link to what it tells of, and a button that marks it. */
export function NoticeRow({ notice, workspaceName, href, onOpen, onMark }: NoticeRowProps): ReactElement {
  const { actor, verb, title } = noticeParts(notice);
  const Icon = ICONS[notice.type];
  const words = (
    <>
      <span className={cn('block wrap-anywhere', notice.read && 'text-muted')}>
        {notice.read ? null : <span className="sr-only">Unread: </span>}
        {actor === '' ? null : <span className="font-medium">{actor} </span>}
        {verb} {title === null ? null : <span className="font-medium">{title}</span>}
      </span>
      <span className="mt-0.5 block text-xs text-subtle wrap-anywhere">
        {[
          notice.body,
          href === null && notice.type !== 'deleted' ? 'It was deleted since' : '',
          workspaceName ?? '',
        ]
          .filter(Boolean)
          .map((part) => `${part} · `)}
        <TimeAgo moment={notice.updatedAt} />
      </span>
    </>
  );
  const wordsClass = 'min-w-0 flex-1 py-2.5 text-[13px] leading-[18px] outline-none';
  return (
    <li
      data-notice={notice.id}
      data-read={notice.read}
      className="group relative flex items-start gap-2.5 rounded-md px-2.5 hover:bg-hover focus-within:bg-hover"
    >
      <span className="relative mt-2.5 shrink-0">
        <Avatar user={notice.actor} size={28} />
        <span
          aria-hidden="true"
          className="absolute -right-1 -bottom-1 flex size-4 items-center justify-center rounded-full border border-line bg-surface text-muted [&_svg]:size-2.5"
        >
          <Icon />
        </span>
      </span>
      {href === null ? (
        <span className={wordsClass}>{words}</span>
      ) : (
        <Link
          href={href}
          prefetch={false}
          data-notice-link
          onClick={onOpen}
          className={cn(
            wordsClass,
            'after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2',
          )}
        >
          {words}
        </Link>
      )}
      <span className="relative mt-1.5 -mr-1.5 flex size-9 shrink-0 items-center justify-center">
        {notice.read ? null : (
          <span
            aria-hidden="true"
            className="absolute size-2 rounded-full bg-accent group-hover:hidden group-has-[button:focus-visible]:hidden"
          />
        )}
        <button
          type="button"
          aria-label={`Mark as ${notice.read ? 'unread' : 'read'}: ${notice.title}`}
          title={`Mark as ${notice.read ? 'unread' : 'read'}`}
          onClick={() => onMark(!notice.read)}
          className={cn(iconButtonClass, 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100')}
        >
          {notice.read ? <MailOpen aria-hidden="true" /> : <MailCheck aria-hidden="true" />}
        </button>
      </span>
    </li>
  );
}
