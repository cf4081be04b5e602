'use client';

import type { ReactElement } from 'react';
import { Button } from '@/components/ui/button';
import { Modal } from '@/components/ui/dialog';
import { useSession } from '@/lib/session/session';
import { forgetAndLeave, signOut } from './leave';

interface LeaveQuestionProps {
  /** How many drafts are in this browser; 0: there is no question. */
  readonly left: number;
  readonly onStay: () => void;
}

/** What is to become of unsaved changes when one signs out. */
export function LeaveQuestion({ left, onStay }: LeaveQuestionProps): ReactElement {
  const { user } = useSession();
  return (
    <Modal open={left > 0} onClose={onStay} heading="Sign out with unsaved changes?">
      <p className="text-muted">
        {left === 1 ? 'One document has' : `${left} documents have`} changes that are only in this browser.
        Kept here, they are offered to you when you sign in again, and to nobody else; on a computer that is
        not yours, delete them.
      </p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onStay}>Stay</Button>
        <Button tone="danger" onClick={() => void forgetAndLeave(user.id)}>
          Delete them and sign out
        </Button>
        <Button tone="primary" onClick={() => void signOut()}>
          Keep them and sign out
        </Button>
      </div>
    </Modal>
  );
}
