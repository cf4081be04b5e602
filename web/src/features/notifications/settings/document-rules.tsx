'use client';

import { Menu } from '@base-ui/react/menu';
import type { WorkspaceRules } from '@doclight/protocol';
import { BellOff, ChevronDown, Eye } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { WatchChoices } from '@/components/notifications/watch-choices';
import { buttonClass } from '@/components/ui/button-class';
import { MenuPanel } from '@/components/ui/menu';
import { readPath } from '@/lib/documents/paths';

interface DocumentRulesProps {
  readonly rules: WorkspaceRules;
  readonly workspaceId: string;
}

/** The documents with a rule of their own. */
export function DocumentRules({ rules, workspaceId }: DocumentRulesProps): ReactElement {
  const documents = [...rules.documents].sort((a, b) => a.title.localeCompare(b.title));
  return (
    <div className="mt-6">
      <h3 className="text-sm font-semibold">Single documents</h3>
      {documents.length === 0 ? (
        <p className="mt-1 text-[13px] text-muted">
          Watch or mute a document in its menu (⋯), whatever holds for the workspace.
        </p>
      ) : (
        <ul
          aria-label="Documents with a rule of their own"
          className="mt-2 divide-y divide-line rounded-lg border border-line bg-surface"
        >
          {documents.map((document) => (
            <li key={document.id} className="flex items-center gap-3 py-1.5 pr-2 pl-4">
              <Link
                href={readPath(document.slug)}
                className="min-w-0 flex-1 truncate text-sm hover:underline"
              >
                {document.title}
              </Link>
              <Menu.Root modal={false}>
                <Menu.Trigger
                  aria-label={`${document.level === 'watch' ? 'Watched' : 'Muted'}: ${document.title}`}
                  className={buttonClass({ tone: 'quiet', size: 'sm' })}
                >
                  {document.level === 'watch' ? <Eye aria-hidden="true" /> : <BellOff aria-hidden="true" />}
                  {document.level === 'watch' ? 'Watched' : 'Muted'}
                  <ChevronDown aria-hidden="true" />
                </Menu.Trigger>
                <MenuPanel>
                  <WatchChoices document={{ ...document, workspaceId }} />
                </MenuPanel>
              </Menu.Root>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
