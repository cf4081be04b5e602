'use client';

import { Dialog } from '@base-ui/react/dialog';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { FilePlus2, Files, FileText, Moon, Sun, Users } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactElement, type ReactNode, useDeferredValue, useEffect, useState } from 'react';
import { PresenceLabel } from '@/components/presence/presence-label';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { newPath, readPath } from '@/lib/documents/paths';
import { leaveVia } from '@/lib/navigation/leave-guard';
import { useOthers } from '@/lib/presence/use-presence';
import { mayEdit, useSession } from '@/lib/session/session';
import { chooseTheme } from '@/lib/theme/theme';

const SHOWN = 8;

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

function PaletteContent({ onClose }: { readonly onClose: () => void }): ReactElement {
  const router = useRouter();
  const { workspace } = useSession();
  const [typed, setTyped] = useState('');
  const [selected, setSelected] = useState('');
  const query = useDeferredValue(typed.trim());
  const run = (action: () => void) => (): void => {
    onClose();
    action();
  };
  const go = (path: string): (() => void) => run(() => leaveVia(() => router.push(path)));
  const matches = (words: string): boolean => words.toLowerCase().includes(query.toLowerCase());
  return (
    // The server searches documents; actions are few and filtered here.
    <Command shouldFilter={false} label="Command palette" loop value={selected} onValueChange={setSelected}>
      <Command.Input
        value={typed}
        onValueChange={setTyped}
        placeholder="Find a document or an action"
        className="h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none sm:text-sm"
      />
      <Command.List className="max-h-[min(420px,60vh)] overflow-y-auto p-1">
        <Command.Empty className="px-3 py-8 text-center text-[13px] text-muted">Nothing found</Command.Empty>
        {workspace ? (
          <DocumentHits
            workspaceId={workspace.id}
            query={query}
            onOpen={(slug) => go(readPath(slug))()}
            onFound={setSelected}
          />
        ) : null}
        <Command.Group heading="Actions" className={groupClass}>
          {workspace && mayEdit(workspace.role) && matches('new document create write') ? (
            <Item icon={<FilePlus2 />} onSelect={go(newPath)}>
              New document
            </Item>
          ) : null}
          {matches('all documents dashboard') ? (
            <Item icon={<Files />} onSelect={go('/')}>
              All documents
            </Item>
          ) : null}
          {matches('members people invite') ? (
            <Item icon={<Users />} onSelect={go('/members')}>
              Members
            </Item>
          ) : null}
          {matches('light theme') ? (
            <Item icon={<Sun />} onSelect={run(() => chooseTheme('light'))}>
              Light theme
            </Item>
          ) : null}
          {matches('dark theme') ? (
            <Item icon={<Moon />} onSelect={run(() => chooseTheme('dark'))}>
              Dark theme
            </Item>
          ) : null}
        </Command.Group>
      </Command.List>
    </Command>
  );
}

const groupClass =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-subtle';

interface HitsProps {
  readonly workspaceId: string;
  readonly query: string;
  readonly onOpen: (slug: string) => void;
  /** Told the id of the best hit when hits arrive: they come after the actions, and stand before them. */
  readonly onFound: (id: string) => void;
}

function DocumentHits({ workspaceId, query, onOpen, onFound }: HitsProps): ReactElement | null {
  const hits = useQuery({
    queryKey: ['palette', ...queryKeys.documentList(workspaceId, query, 'changed')],
    queryFn: ({ signal }) =>
      request('GET /api/workspaces/:workspaceId/documents', {
        params: { workspaceId },
        query: { query, limit: SHOWN },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const best = hits.data?.documents[0]?.id;
  useEffect(() => {
    if (best !== undefined) onFound(best);
  }, [best, onFound]);
  if (!hits.data || hits.data.documents.length === 0) return null;
  return (
    <Command.Group heading="Documents" className={groupClass}>
      {hits.data.documents.map((document) => (
        <Item
          key={document.id}
          value={document.id}
          icon={<FileText />}
          onSelect={() => onOpen(document.slug)}
        >
          <span className="min-w-0 flex-1 truncate">{document.title}</span>
          <HitLabel workspaceId={workspaceId} documentId={document.id} />
        </Item>
      ))}
    </Command.Group>
  );
}

function HitLabel(props: { readonly workspaceId: string; readonly documentId: string }): ReactElement | null {
  const others = useOthers(props.workspaceId, props.documentId);
  return others && others.status !== 'free' ? <PresenceLabel others={others} /> : null;
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly onSelect: () => void;
  readonly value?: string;
}

function Item({ icon, children, onSelect, value }: ItemProps): ReactElement {
  return (
    <Command.Item
      onSelect={onSelect}
      {...(value === undefined ? {} : { value })}
      className="flex min-h-10 items-center gap-3 rounded-md px-3 text-[13px] select-none data-[selected=true]:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted"
    >
      {icon}
      {children}
    </Command.Item>
  );
}
