'use client';

import { type ReactElement, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Modal } from '@/components/ui/dialog';
import { request } from '@/lib/api/request';
import { draftsOf, flushDrafts, forgetDraftsOf } from '@/lib/drafts/draft-store';
import { leaveAnyway } from '@/lib/navigation/leave-guard';
import { forgetDevice } from '@/lib/notifications/device';
import { useSession } from '@/lib/session/session';

interface SignOut {
  /** Signs out, after a question where unsaved changes would stay on this computer. */
  readonly start: () => void;
  readonly question: ReactElement;
}

/** The way out. On a shared computer the next person must find nothing that was not meant to stay. */
export function useSignOut(): SignOut {
  const { user } = useSession();
  const [left, setLeft] = useState(0);
  const start = async (): Promise<void> => {
    // What is typed on this page is written down first, so that it counts.
    flushDrafts();
    const drafts = await draftsOf(user.id);
    if (drafts.length > 0) setLeft(drafts.length);
    else await signOut();
  };
  const forget = async (): Promise<void> => {
    await forgetDraftsOf(user.id);
    await signOut();
  };
  const question = (
    <Modal open={left > 0} onClose={() => setLeft(0)} heading="Sign out with unsaved changes?">
      <p className="text-muted">
        {left === 1 ? 'One document has' : `${left} documents have`} changes that are only in this browser.
        Kept here, they are offered to you when you sign in again, and to nobody else; on a computer that is
        not yours, delete them.
      </p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={() => setLeft(0)}>Stay</Button>
        <Button tone="danger" onClick={() => void forget()}>
          Delete them and sign out
        </Button>
        <Button tone="primary" onClick={() => void signOut()}>
          Keep them and sign out
        </Button>
      </div>
    </Modal>
  );
  return { start: () => void start(), question };
}

/** A whole page load afterwards, so that nothing of the session stays in memory. */
async function signOut(): Promise<void> {
  await forgetDevice();
  await request('POST /api/auth/logout').catch(() => undefined);
  leaveAnyway(() => location.assign('/login'));
}
