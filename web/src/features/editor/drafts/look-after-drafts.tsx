'use client';

import type { QueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { toast } from '@/components/toast/toast';
import { queryKeys } from '@/lib/api/query-keys';
import { editPath, newPath, readPath } from '@/lib/documents/paths';
import { putSummary, summaryOf } from '@/lib/documents/sync-caches';
import { heldDrafts } from '@/lib/drafts/draft-hold';
import type { DraftRecord } from '@/lib/drafts/draft-record';
import { draftsOf, removeOldDrafts } from '@/lib/drafts/draft-store';
import { type Sent, sendWaiting } from './send-waiting';

/** Longer than other messages: it is about one's own work. */
const TOAST_MS = 12_000;

/** Sends the person's saves that waited for a connection, and tells what became of each. */
export async function sendWaitingSaves(userId: string, queryClient: QueryClient): Promise<void> {
  for (const outcome of await sendWaiting(userId)) {
    if (outcome.kind === 'saved') {
      queryClient.setQueryData(queryKeys.document(outcome.document.slug), outcome.document);
      putSummary(queryClient, summaryOf(outcome.document));
    }
    tellSent(outcome);
  }
}

/**
 * Tells of unsaved changes that no open page has, unless the page where they are offered is open. Removes what
 * nobody came back for.
 */
export async function tellOfDrafts(userId: string, pathname: string): Promise<void> {
  await removeOldDrafts(Date.now());
  await tellLeft(userId, pathname);
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
