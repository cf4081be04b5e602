'use client';

import Link from 'next/link';
import type { ReactElement } from 'react';
import { Logo } from '@/components/logo';
import { ThemeMenu } from '@/components/theme-menu';
import { AccountMenu } from '@/features/auth/account-menu';
import { AllowNotifications } from '@/features/notifications/allow-notifications';
import { Bell } from '@/features/notifications/centre/bell';
import { PaletteButton } from '@/features/palette/palette-button';
import { ActiveUsers } from '@/features/presence/active-users';
import { WorkspaceSwitcher } from '@/features/workspace/workspace-switcher';
import { useSession } from '@/lib/session/session';

const barClass =
  'sticky top-0 z-30 flex h-14 items-center gap-1 border-b border-line bg-bg px-3 sm:gap-2 sm:px-6 lg:px-8';

/** On top of every signed-in page. */
export function Header(): ReactElement {
  const { workspace } = useSession();
  return (
    <header className={barClass}>
      <Link href="/" aria-label="Doclight, all documents" className="flex items-center gap-2 rounded-md p-1">
        <Logo />
      </Link>
      <WorkspaceSwitcher />
      <div className="flex-1" />
      {workspace ? <ActiveUsers workspaceId={workspace.id} /> : null}
      <PaletteButton />
      <AllowNotifications />
      <Bell />
      <ThemeMenu />
      <AccountMenu />
    </header>
  );
}

/** The bar while it is not known who is signed in. */
export function HeaderSkeleton(): ReactElement {
  return (
    <div className={barClass}>
      <span className="p-1">
        <Logo />
      </span>
      <div className="skeleton h-4 w-28" />
      <div className="flex-1" />
      <div className="skeleton size-7 rounded-full" />
    </div>
  );
}
