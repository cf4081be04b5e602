'use client';

import type { WatchLevel } from '@doclight/protocol';
import { Bell, BellOff, Eye } from 'lucide-react';
import type { ReactElement } from 'react';
import { toast } from '@/components/toast/toast';
import { MenuChoices } from '@/components/ui/menu';
import { messageOf } from '@/lib/api/api-error';
import { levelOf, useSetDocumentLevel, useWorkspaceRules, type Watchable } from '@/lib/notifications/rules';

const CHOICES: readonly { value: WatchLevel; text: string; icon: ReactElement }[] = [
  { value: 'watch', text: 'Watch: every change', icon: <Eye aria-hidden="true" /> },
  { value: 'default', text: 'As the workspace', icon: <Bell aria-hidden="true" /> },
  { value: 'mute', text: 'Mute: nothing', icon: <BellOff aria-hidden="true" /> },
];

/** In a menu: what one wants to hear of a document. */
export function WatchChoices({ document }: { readonly document: Watchable }): ReactElement {
  const rules = useWorkspaceRules(document.workspaceId);
  const setLevel = useSetDocumentLevel();
  const choose = (level: WatchLevel): void => {
    setLevel(document, level).catch((error: unknown) => toast.error(messageOf(error)));
  };
  return (
    <MenuChoices
      heading="Notify me"
      value={rules.data ? levelOf(rules.data, document.id) : ''}
      choices={CHOICES}
      onChoose={(value) => choose(value as WatchLevel)}
    />
  );
}
