import { request } from '@/lib/api/request';
import { draftsOf, flushDrafts, forgetDraftsOf } from '@/lib/drafts/draft-store';
import { leaveAnyway } from '@/lib/navigation/leave-guard';
import { forgetDevice } from '@/lib/notifications/device';

/**
 * Signs out, unless unsaved changes would stay on this computer: about those the person is asked first. On a shared
 * one the next person must find nothing that was not meant to stay.
 * @returns how many drafts there are to be asked about
 */
export async function leave(userId: string): Promise<number> {
  // What is typed on this page is written down first, so that it counts.
  flushDrafts();
  const drafts = await draftsOf(userId);
  if (drafts.length === 0) await signOut();
  return drafts.length;
}

/** Signs out and takes the person's drafts along. */
export async function forgetAndLeave(userId: string): Promise<void> {
  await forgetDraftsOf(userId);
  await signOut();
}

/** Signs out. A whole page load afterwards, so that nothing of the session stays in memory. */
export async function signOut(): Promise<void> {
  await forgetDevice();
  await request('POST /api/auth/logout').catch(() => undefined);
  leaveAnyway(() => location.assign('/login'));
}
