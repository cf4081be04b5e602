'use client';

import { useRouter } from 'next/navigation';
import type { ReactElement } from 'react';
import { MenuChoices } from '@/components/ui/menu';
import { leaveVia } from '@/lib/navigation/leave-guard';
import { useSession } from '@/lib/session/session';

/** In a menu: the workspaces that one is in. */
export function WorkspaceChoices(): ReactElement {
  const { workspace, workspaces, chooseWorkspace } = useSession();
  const router = useRouter();
  const choose = (id: string): void => {
    const slug = workspaces.find((other) => other.id === id)?.slug ?? '';
    leaveVia(() => {
      chooseWorkspace(id);
      router.push(`/?workspace=${encodeURIComponent(slug)}`);
    });
  };
  return (
    <MenuChoices
      heading="Workspaces"
      value={workspace?.id ?? ''}
      onChoose={choose}
      choices={workspaces.map((other) => ({ value: other.id, text: other.name }))}
    />
  );
}
