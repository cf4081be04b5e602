'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { FilePlus2, Files, FileText, Moon, Sun, Users } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { PresenceLabel } from '@/components/presence/presence-label';
import { newPath, readPath } from '@/lib/documents/paths';
import { leaveVia } from '@/lib/navigation/leave-guard';
import { useOthers } from '@/lib/presence/use-presence';
import { mayEdit, useSession } from '@/lib/session/session';
import { chooseTheme } from '@/lib/theme/theme';
import { useHits } from './use-hits';

interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Finds a document or an action by typing. */
export function Palette({ open, onClose }: PaletteProps): ReactElement {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/40 dark:bg-black/60" />
        <Dialog.Popup
          aria-label="Command palette"
          className="floating fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-24px)] max-w-lg -translate-x-1/2 overflow-hidden rounded-xl bg-surface shadow-float outline-none"
        >
          <PaletteContent onClose={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface Action {
  readonly name: string;
  /** Words that find it, the name among them. */
  readonly words: string;
  readonly icon: ReactNode;
  readonly run: () => void;
}

function PaletteContent({ onClose }: { readonly onClose: () => void }): ReactElement {
  const router = useRouter();
  const { workspace } = useSession();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState('');
  const query = typed.trim();
  const hits = useHits(workspace?.id, query);
  const go = (path: string) => (): void => leaveVia(() => router.push(path));
  const actions: Action[] = [
    { name: 'All documents', words: 'all documents dashboard', icon: <Files />, run: go('/') },
    { name: 'Members', words: 'members people invite', icon: <Users />, run: go('/members') },
    { name: 'Light theme', words: 'light theme', icon: <Sun />, run: () => chooseTheme('light') },
    { name: 'Dark theme', words: 'dark theme', icon: <Moon />, run: () => chooseTheme('dark') },
  ];
  if (mayEdit(workspace?.role ?? null))
    actions.unshift({
      name: 'New document',
      words: 'new document create write',
      icon: <FilePlus2 />,
      run: go(newPath),
    });
  // The server searches documents; actions are few and filtered here.
  const fitting = actions.filter(({ words }) => words.includes(query.toLowerCase()));
  // Hits come after the actions and stand before them: the first one is meant again whenever it is another one.
  const best = hits[0]?.id;
  useEffect(() => {
    if (best !== undefined) setChosen(best);
  }, [best]);
  const values = [...hits.map(({ id }) => id), ...fitting.map(({ name }) => name)];
  const close = (action: () => void) => (): void => {
    onClose();
    action();
  };
  return (
    <Command
      shouldFilter={false}
      label="Command palette"
      loop
      value={values.includes(chosen) ? chosen : (values[0] ?? '')}
      onValueChange={setChosen}
    >
      <Command.Input
        value={typed}
        onValueChange={setTyped}
        placeholder="Find a document or an action"
        className="h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none sm:text-sm"
      />
      <Command.List className="max-h-[min(420px,60vh)] overflow-y-auto p-1">
        <Command.Empty className="px-3 py-8 text-center text-[13px] text-muted">Nothing found</Command.Empty>
        {hits.length > 0 ? (
          <Command.Group heading="Documents" className={groupClass}>
            {hits.map(({ id, slug, title, workspaceId }) => (
              <Item key={id} value={id} icon={<FileText />} onSelect={close(go(readPath(slug)))}>
                <span className="min-w-0 flex-1 truncate">{title}</span>
                <HitLabel workspaceId={workspaceId} documentId={id} />
              </Item>
            ))}
          </Command.Group>
        ) : null}
        {fitting.length > 0 ? (
          <Command.Group heading="Actions" className={groupClass}>
            {fitting.map(({ name, icon, run }) => (
              <Item key={name} value={name} icon={icon} onSelect={close(run)}>
                {name}
              </Item>
            ))}
          </Command.Group>
        ) : null}
      </Command.List>
    </Command>
  );
}

const groupClass =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-subtle';

function HitLabel(props: { readonly workspaceId: string; readonly documentId: string }): ReactElement | null {
  const others = useOthers(props.workspaceId, props.documentId);
  return others && others.status !== 'free' ? <PresenceLabel others={others} /> : null;
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly onSelect: () => void;
  readonly value: string;
}

function Item({ icon, children, onSelect, value }: ItemProps): ReactElement {
  return (
    <Command.Item
      onSelect={onSelect}
      value={value}
      className="flex min-h-10 items-center gap-3 rounded-md px-3 text-[13px] select-none data-[selected=true]:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted"
    >
      {icon}
      {children}
    </Command.Item>
  );
}
