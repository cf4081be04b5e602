'use client';

import { Menu } from '@base-ui/react/menu';
import { ChevronsUpDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { ReactElement } from 'react';
import { MenuChoices, MenuPanel } from '@/components/ui/menu';
import { leaveVia } from '@/lib/navigation/leave-guard';
import { useSession } from '@/lib/session/session';

/** The workspace one is in; a menu where there is more than one. */
export function WorkspaceSwitcher(): ReactElement | null {
  const { workspace, workspaces, chooseWorkspace } = useSession();
  const router = useRouter();
  if (!workspace) return null;
  if (workspaces.length < 2)
    return <span className="min-w-0 truncate px-1 text-sm font-medium">{workspace.name}</span>;
  const choose = (id: string): void => {
    const slug = workspaces.find((other) => other.id === id)?.slug ?? '';
    leaveVia(() => {
      chooseWorkspace(id);
      router.push(`/?workspace=${encodeURIComponent(slug)}`);
    });
  };
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        aria-label={`Workspace: ${workspace.name}`}
        className="inline-flex h-9 min-w-0 items-center gap-1 rounded-lg px-2 text-sm font-medium hover:bg-hover"
      >
        <span className="truncate">{workspace.name}</span>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-subtle" />
      </Menu.Trigger>
      <MenuPanel align="start">
        <MenuChoices
          heading="Workspaces"
          value={workspace.id}
          onChoose={choose}
          choices={workspaces.map((other) => ({ value: other.id, text: other.name }))}
        />
      </MenuPanel>
    </Menu.Root>
  );
}
