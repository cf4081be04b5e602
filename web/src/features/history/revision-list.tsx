'use client';

import type { RevisionSummary } from '@doclight/protocol';
import Link from 'next/link';
import { type ReactElement, useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { More } from '@/components/ui/more';
import { TimeAgo } from '@/components/ui/time-ago';
import { cn } from '@/lib/class-names';
import type { RevisionListing } from './use-revisions';
import type { SelectionControl } from './use-selection';

interface RevisionListProps {
  readonly listing: RevisionListing;
  readonly control: SelectionControl;
  readonly newest: number;
  readonly className?: string;
}

/** Every revision, newest first: who saved it, when, and under which title. */
export function RevisionList({ listing, control, newest, className }: RevisionListProps): ReactElement {
  const { revisions, hasMore, loadMore } = listing;
  const [atFirst] = useState(newest);
  const chosen = control.selection.revision ?? newest;
  return (
    <nav
      aria-label="Revisions"
      className={cn(
        'min-w-0 md:sticky md:top-18 md:max-h-[calc(100dvh-88px)] md:overflow-y-auto md:rounded-lg',
        className,
      )}
    >
      <ol className="flex flex-col gap-1 md:p-0.5">
        {revisions.map((revision) => (
          <li key={revision.revision} className={cn(revision.revision > atFirst && 'fade-in')}>
            <RevisionLink
              revision={revision}
              control={control}
              chosen={revision.revision === chosen}
              implied={control.selection.revision === null}
              current={revision.revision === newest}
            />
          </li>
        ))}
      </ol>
      {hasMore ? <More key={revisions.length} onMore={loadMore} /> : null}
    </nav>
  );
}

interface RevisionLinkProps {
  readonly revision: RevisionSummary;
  readonly control: SelectionControl;
  readonly chosen: boolean;
  /** Nobody chose it: on a phone, where the list stands alone, it is not marked. */
  readonly implied: boolean;
  readonly current: boolean;
}

function RevisionLink({ revision, control, chosen, implied, current }: RevisionLinkProps): ReactElement {
  const target = { revision: revision.revision, against: control.selection.against };
  return (
    <Link
      href={control.hrefOf(target)}
      prefetch={false}
      aria-current={chosen ? 'true' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        control.choose(target);
        window.scrollTo({ top: 0, behavior: 'instant' });
      }}
      className={cn(
        'flex min-h-15 items-center gap-2.5 rounded-lg border border-transparent px-2.5 py-2 hover:bg-hover',
        chosen && 'border-line bg-surface',
        chosen && implied && 'max-md:border-transparent max-md:bg-transparent',
      )}
    >
      <Avatar user={revision.author} size={28} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">{revision.author.name}</span>
          <span className="shrink-0 text-xs text-muted">
            <TimeAgo moment={revision.savedAt} />
          </span>
        </span>
        <span className="flex items-baseline gap-2 text-xs text-muted">
          <span className="min-w-0 flex-1 truncate">
            {revision.revision} · {revision.title}
          </span>
          {current ? <Badge>Current</Badge> : null}
        </span>
        {revision.restoredFrom === null ? null : (
          <span className="block truncate text-xs text-muted">Restored from {revision.restoredFrom}</span>
        )}
      </span>
    </Link>
  );
}

/** A word that sets something apart. */
export function Badge({ children }: { readonly children: string }): ReactElement {
  return (
    <span className="shrink-0 rounded-full bg-accent-soft px-1.5 text-[11px] leading-4.5 font-medium text-fg">
      {children}
    </span>
  );
}
