'use client';

import type { DocumentOpened, DocumentSaved, Notice } from '@doclight/protocol';
import Link from 'next/link';
import type { ReactElement, ReactNode } from 'react';
import { toast } from '@/components/toast/toast';
import { Avatar } from '@/components/ui/avatar';
import { readPath } from '@/lib/documents/paths';
import { noticeParts } from '@/lib/notifications/notice-parts';

const SHORT_MS = 5_000;
const LONG_MS = 8_000;

/** `Fry saved Budget 2027`, with a way there. A newer one of the same document replaces it. */
export function toastNotice(notice: Notice, onOpen: () => void): void {
  const { actor, verb, title } = noticeParts(notice);
  const goes = notice.document?.exists === false ? null : notice.url;
  toast(<Told actor={actor} verb={verb} title={title} href={goes} id={notice.tag} onOpen={onOpen} />, {
    id: notice.tag,
    duration: LONG_MS,
    icon: <Avatar user={notice.actor} size={20} />,
    description: notice.body === '' ? undefined : notice.body,
  });
}

/** Takes a toast away: what it tells was read elsewhere. */
export function dismissNotice(tag: string): void {
  toast.dismiss(tag);
}

/** A save that is in nobody’s centre: of a document that the person has nothing to do with. */
export function toastSaved(saved: DocumentSaved): void {
  const id = `document:${saved.documentId}`;
  const { name } = saved.savedBy;
  toast(<Told actor={name} verb="saved" title={saved.title} href={readPath(saved.slug)} id={id} />, {
    id,
    duration: SHORT_MS,
    icon: <Avatar user={saved.savedBy} size={20} />,
  });
}

/** Stands for more saves than anyone would read. */
export function toastManySaved(count: number): void {
  toast(`${count} documents were saved`, { id: 'saved:many', duration: SHORT_MS });
}

/** `Leela opened Budget 2027`. */
export function toastOpened(opened: DocumentOpened): void {
  toast(
    <span>
      <Name>{opened.by.name}</Name> opened {opened.title}
    </span>,
    {
      id: `opened:${opened.documentId}:${opened.by.id}`,
      duration: SHORT_MS,
      icon: <Avatar user={opened.by} size={20} />,
    },
  );
}

interface ToldProps {
  readonly actor: string;
  readonly verb: string;
  readonly title: string | null;
  /** Where it leads; null: nowhere any more. */
  readonly href: string | null;
  readonly id: string;
  readonly onOpen?: () => void;
}

function Told({ actor, verb, title, href, id, onOpen }: ToldProps): ReactElement {
  const open = (): void => {
    toast.dismiss(id);
    onOpen?.();
  };
  const link = (text: string): ReactNode =>
    href === null ? (
      text
    ) : (
      <Link
        href={href}
        onClick={open}
        className="font-medium underline decoration-line-strong underline-offset-2 hover:decoration-current"
      >
        {text}
      </Link>
    );
  return (
    <span className="wrap-anywhere">
      {actor === '' ? null : (
        <>
          <Name>{actor}</Name>{' '}
        </>
      )}
      {title === null ? link(verb) : verb} {title === null ? null : link(title)}
    </span>
  );
}

function Name({ children }: { readonly children: ReactNode }): ReactElement {
  return <span className="font-medium">{children}</span>;
}
