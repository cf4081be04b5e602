'use client';

import { type ReactElement, useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { MenuButton } from '@/components/ui/menu-button';
import { lazily } from '@/lib/lazy/lazily';
import { useSession } from '@/lib/session/session';

const AccountItems = lazily(() => import('./account-items').then((module) => module.AccountItems));
const LeaveQuestion = lazily(() => import('./leave-question').then((module) => module.LeaveQuestion));

/** Who is signed in, and the way out. */
export function AccountMenu(): ReactElement {
  const { user } = useSession();
  const [left, setLeft] = useState<number | null>(null);
  return (
    <>
      <MenuButton
        aria-label="Account"
        className="inline-flex size-9 items-center justify-center rounded-full hover:bg-hover"
        load={AccountItems.preload}
        items={<AccountItems onDrafts={setLeft} />}
      >
        <Avatar user={user} size={28} />
      </MenuButton>
      {left === null ? null : <LeaveQuestion left={left} onStay={() => setLeft(0)} />}
    </>
  );
}
