'use client';

import { Menu } from '@base-ui/react/menu';
import { Bell, LogOut, Users } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { MenuItem, MenuLink, MenuPanel, MenuSeparator } from '@/components/ui/menu';
import { notificationSettingsPath } from '@/lib/notifications/paths';
import { useSession } from '@/lib/session/session';
import { useSignOut } from './sign-out';

/** Who is signed in, and the way out. */
export function AccountMenu(): ReactElement {
  const { user, workspace } = useSession();
  const { start, question } = useSignOut();
  return (
    <>
      <Menu.Root modal={false}>
        <Menu.Trigger
          aria-label="Account"
          className="inline-flex size-9 items-center justify-center rounded-full hover:bg-hover"
        >
          <Avatar user={user} size={28} />
        </Menu.Trigger>
        <MenuPanel>
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
          <MenuItem onSelect={start}>
            <LogOut aria-hidden="true" />
            Sign out
          </MenuItem>
        </MenuPanel>
      </Menu.Root>
      {question}
    </>
  );
}
