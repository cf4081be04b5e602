'use client';

import type { Document, Revision } from '@doclight/protocol';
import { ArrowLeft, CircleAlert } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { DocumentDiff } from '@/components/diff/document-diff';
import { DiffLayoutSwitch } from '@/components/diff/layout-switch';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { TimeAgo } from '@/components/ui/time-ago';
import { hasCode, messageOf } from '@/lib/api/api-error';
import { cn } from '@/lib/class-names';
import { CompareMenu } from './compare-menu';
import { RestoreButton } from './restore-button';
import { Badge } from './revision-list';
import { pairOf } from './selection';
import { useComparison } from './use-comparison';
import type { RevisionListing } from './use-revisions';
import type { SelectionControl } from './use-selection';

interface RevisionDetailProps {
  readonly document: Document;
  readonly listing: RevisionListing;
  readonly control: SelectionControl;
  readonly newest: number;
  readonly restorable: boolean;
}

/** One revision: who made it, what changed, and what can be done with it. */
export function RevisionDetail(props: RevisionDetailProps): ReactElement {
  const { document, listing, control, newest, restorable } = props;
  const { selection } = control;
  const chosen = selection.revision ?? newest;
  const pair = pairOf(selection, newest);
  const { data, error, refetch, isPlaceholderData } = useComparison(document.slug, pair);
  const [refused, setRefused] = useState<{ readonly of: number; readonly message: string } | null>(null);
  if (error && !data) return <NotLoaded error={error} revision={chosen} onRetry={() => void refetch()} />;
  const shown = data?.after.revision === chosen ? data.after : data?.before;
  return (
    <section aria-label={`Revision ${chosen}`} aria-busy={!data || isPlaceholderData}>
      <Button
        tone="quiet"
        size="sm"
        className="mb-2 -ml-2.5 md:hidden"
        onClick={() => control.choose({ revision: null, against: selection.against })}
      >
        <ArrowLeft aria-hidden="true" />
        All revisions
      </Button>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <Heading chosen={chosen} newest={newest} shown={shown?.revision === chosen ? shown : null} />
        {restorable && chosen !== newest ? (
          <RestoreButton
            document={document}
            revision={chosen}
            newest={newest}
            onRestored={() => control.choose({ revision: null, against: 'previous' })}
            onRefused={(message) => setRefused({ of: chosen, message })}
          />
        ) : null}
      </div>
      {refused?.of === chosen ? (
        <Notice tone="error" className="mb-4">
          {refused.message}
        </Notice>
      ) : null}
      <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <CompareMenu control={control} listing={listing} chosen={chosen} newest={newest} />
        <DiffLayoutSwitch />
      </div>
      {data ? (
        <div className={cn('transition-opacity delay-300', isPlaceholderData && 'opacity-60')}>
          <p className="mb-3 text-[13px] text-muted">{sentence(data.before, data.after)}</p>
          <DocumentDiff before={data.before} after={data.after} />
        </div>
      ) : (
        <div className="skeleton h-72 w-full rounded-lg" />
      )}
    </section>
  );
}

interface HeadingProps {
  readonly chosen: number;
  readonly newest: number;
  /** Null while it is being loaded. */
  readonly shown: Revision | null;
}

function Heading({ chosen, newest, shown }: HeadingProps): ReactElement {
  return (
    <div className="min-w-0">
      <h2 className="flex items-center gap-2 text-base font-semibold">
        Revision {chosen}
        {chosen === newest ? <Badge>Current</Badge> : null}
      </h2>
      <p className="mt-1 flex min-h-5 items-center gap-1.5 text-[13px] text-muted">
        {shown ? (
          <>
            <Avatar user={shown.author} size={16} />
            <span className="min-w-0 truncate">
              {shown.author.name} · <TimeAgo moment={shown.savedAt} />
              {shown.restoredFrom === null ? null : ` · restored from revision ${shown.restoredFrom}`}
            </span>
          </>
        ) : null}
      </p>
    </div>
  );
}

function sentence(before: Revision | null, after: Revision): string {
  if (before === null) return 'The first revision: everything in it is new.';
  return `What changed from revision ${before.revision} to revision ${after.revision}:`;
}

interface NotLoadedProps {
  readonly error: Error;
  readonly revision: number;
  readonly onRetry: () => void;
}

function NotLoaded({ error, revision, onRetry }: NotLoadedProps): ReactElement {
  const missing = hasCode(error, 'NOT_FOUND');
  return (
    <EmptyState
      icon={<CircleAlert />}
      heading={missing ? `There is no revision ${revision} to show` : 'The revision could not be loaded'}
      action={missing ? undefined : <Button onClick={onRetry}>Try again</Button>}
    >
      {missing ? 'This document has no revision with that number: choose one of the list.' : messageOf(error)}
    </EmptyState>
  );
}
