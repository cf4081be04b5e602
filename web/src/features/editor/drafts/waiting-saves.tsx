'use client';

import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { toast } from 'sonner';
import { queryKeys } from '@/lib/api/query-keys';
import { editPath, newPath, readPath } from '@/lib/documents/paths';
import { putSummary, summaryOf } from '@/lib/documents/sync-caches';
import { heldDrafts } from '@/lib/drafts/draft-hold';
import type { DraftRecord } from '@/lib/drafts/draft-record';
import { draftsOf, removeOldDrafts } from '@/lib/drafts/draft-store';
import { connectionStore } from '@/lib/realtime/connection';
import { useSession } from '@/lib/session/session';
import { useStore } from '@/lib/store';
import { type Sent, sendWaiting } from './send-waiting';

/** Longer than other messages: it is about one's own work. */
const TOAST_MS = 12_000;

/**
 * Looks after what the person left behind in this browser: saves that waited for a connection go out, and of
 * changes that were never saved they are told once.
 */
export function WaitingSaves(): null {
  const queryClient = useQueryClient();
  const { user } = useSession();
  const pathname = usePathname();
  const here = useRef(pathname);
  here.current = pathname;
  const online = useStore(connectionStore, ({ status }) => status === 'online');
  const busy = useRef<Promise<unknown>>(Promise.resolve());
  const told = useRef(false);

  useEffect(() => {
    if (!online) return;
    const look = async (): Promise<void> => {
      for (const outcome of await sendWaiting(user.id)) {
        if (outcome.kind === 'saved') {
          queryClient.setQueryData(queryKeys.document(outcome.document.slug), outcome.document);
          putSummary(queryClient, summaryOf(outcome.document));
        }
        tellSent(outcome);
      }
      if (told.current) return;
      told.current = true;
      await removeOldDrafts(Date.now());
      await tellLeft(user.id, here.current);
    };
    busy.current = busy.current.then(look, look);
  }, [online, user.id, queryClient]);
  return null;
}

const linkClass = 'font-medium underline decoration-line-strong underline-offset-2 hover:decoration-current';

function tellSent(sent: Sent): void {
  const id = `waiting:${sent.kind === 'saved' ? sent.document.id : sent.record.id}`;
  const close = (): unknown => toast.dismiss(id);
  toast(
    sent.kind === 'saved' ? (
      <span>
        Your changes to{' '}
        <Link href={readPath(sent.document.slug)} onClick={close} className={linkClass}>
          {sent.document.title}
        </Link>{' '}
        had waited, and are saved now{sent.mergedWith ? `, merged with ${sent.mergedWith}’s` : ''}.
      </span>
    ) : (
      <span>
        Your changes to{' '}
        <Link href={pathOf(sent.record)} onClick={close} className={linkClass}>
          {sent.record.words.title || 'a new document'}
        </Link>{' '}
        had waited, and need you before they can be saved.
      </span>
    ),
    { id, duration: TOAST_MS },
  );
}

/** Unsaved changes that no open page has, unless the page where they are offered is open. */
async function tellLeft(userId: string, pathname: string): Promise<void> {
  const drafts = await draftsOf(userId);
  const held = await heldDrafts(drafts.map(({ id }) => id));
  const left = drafts.filter((draft) => !draft.wanted && !held.has(draft.id) && pathOf(draft) !== pathname);
  const [first] = left;
  if (!first) return;
  const id = 'drafts-left';
  toast(
    <span>
      You have unsaved changes in{' '}
      <Link href={pathOf(first)} onClick={() => toast.dismiss(id)} className={linkClass}>
        {first.words.title || 'a new document'}
      </Link>
      {left.length > 1 ? ` and ${left.length - 1} more` : ''}.
    </span>,
    { id, duration: TOAST_MS },
  );
}

function pathOf({ base }: DraftRecord): string {
  return base ? editPath(base.slug) : newPath;
}
