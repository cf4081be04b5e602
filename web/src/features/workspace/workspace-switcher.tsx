'use client';

import { ChevronsUpDown } from 'lucide-react';
import type { ReactElement } from 'react';
import { MenuButton } from '@/components/ui/menu-button';
import { lazily } from '@/lib/lazy/lazily';
import { useSession } from '@/lib/session/session';

const WorkspaceChoices = lazily(() =>
  import('./workspace-choices').then((module) => module.WorkspaceChoices),
);

/** The workspace one is in; a menu where there is more than one. */
export function WorkspaceSwitcher(): ReactElement | null {
  const { workspace, workspaces } = useSession();
  if (!workspace) return null;
  if (workspaces.length < 2)
    return <span className="min-w-0 truncate px-1 text-sm font-medium">{workspace.name}</span>;
  return (
    <MenuButton
      aria-label={`Workspace: ${workspace.name}`}
      className="inline-flex h-9 min-w-0 items-center gap-1 rounded-lg px-2 text-sm font-medium hover:bg-hover"
      align="start"
      load={WorkspaceChoices.preload}
      items={<WorkspaceChoices />}
    >
      <span className="truncate">{workspace.name}</span>
      <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-subtle" />
    </MenuButton>
  );
}
