'use client';

import { Bell, LogOut, Users } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { MenuItem, MenuLink, MenuSeparator } from '@/components/ui/menu';
import { notificationSettingsPath } from '@/lib/notifications/paths';
import { useSession } from '@/lib/session/session';
import { leave } from './leave';

interface AccountItemsProps {
  /** Told instead of signing out, where that many drafts would stay in this browser. */
  readonly onDrafts: (left: number) => void;
}

/** In the account's menu: who is signed in, and where one can go. */
export function AccountItems({ onDrafts }: AccountItemsProps): ReactElement {
  const { user, workspace } = useSession();
  return (
    <>
      <div className="px-2.5 py-2">
        <div className="truncate text-[13px] font-medium">{user.name}</div>
        {workspace ? (
          <div className="truncate text-xs text-muted">
            {workspace.role} in {workspace.name}
          </div>
        ) : null}
      </div>
      <MenuSeparator />
      <MenuLink link={<Link href="/members" />}>
        <Users aria-hidden="true" />
        Members
      </MenuLink>
      <MenuLink link={<Link href={notificationSettingsPath} />}>
        <Bell aria-hidden="true" />
        Notifications
      </MenuLink>
      <MenuItem onSelect={() => void leave(user.id).then(onDrafts)}>
        <LogOut aria-hidden="true" />
        Sign out
      </MenuItem>
    </>
  );
}
