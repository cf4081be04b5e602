'use client';

import type { Document, DocumentSaved } from '@doclight/protocol';
import { ArrowLeft, CircleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { DocumentGone } from '@/components/documents/document-gone';
import { DetailedLabel } from '@/components/presence/detailed-label';
import { Button } from '@/components/ui/button';
import { buttonClass } from '@/components/ui/button-class';
import { EmptyState } from '@/components/ui/empty-state';
import { messageOf } from '@/lib/api/api-error';
import { cn } from '@/lib/class-names';
import { readPath } from '@/lib/documents/paths';
import { useLiveDocument } from '@/lib/documents/use-live-document';
import { useOthers } from '@/lib/presence/use-presence';
import { mayEdit, roleIn, useSession } from '@/lib/session/session';
import { usePageTitle } from '@/lib/use-page-title';
import { HistorySkeleton } from './history-skeleton';
import { RevisionDetail } from './revision-detail';
import { RevisionList } from './revision-list';
import { type RevisionListing, useRevisions } from './use-revisions';
import { useSelection } from './use-selection';

const describeSaved = ({ savedBy, revision }: DocumentSaved): string =>
  `${savedBy.name} saved revision ${revision}, it is in the list now`;

/** Every revision of a document, what changed in each, and the way back to any of them. */
export function HistoryPage({ slug }: { readonly slug: string }): ReactElement {
  const { document, error, gone, retry } = useLiveDocument(slug, describeSaved);
  const listing = useRevisions(slug, document?.revision ?? 0);
  if (gone) return <DocumentGone title={document?.title} />;
  const failure = error ?? listing.error;
  if (failure)
    return (
      <main>
        <EmptyState
          icon={<CircleAlert />}
          heading="The history could not be loaded"
          action={
            <Button
              onClick={() => {
                retry();
                listing.retry();
              }}
            >
              Try again
            </Button>
          }
        >
          {messageOf(failure)}
        </EmptyState>
      </main>
    );
  if (!document || listing.revisions.length === 0) return <HistorySkeleton />;
  return <History document={document} listing={listing} />;
}

interface HistoryProps {
  readonly document: Document;
  readonly listing: RevisionListing;
}

function History({ document, listing }: HistoryProps): ReactElement {
  const session = useSession();
  const others = useOthers(document.workspaceId, document.id);
  const control = useSelection();
  const newest = listing.revisions[0]?.revision ?? document.revision;
  // On a phone one sees the list or a revision; beside each other there is room for both.
  const narrowDetail = control.selection.revision !== null;
  usePageTitle(`History of ${document.title}`);
  return (
    <main className="mx-auto w-full max-w-[1200px] px-4 pt-5 pb-24 sm:px-6">
      <div className="mb-5 flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <Link
            href={readPath(document.slug)}
            className={buttonClass({ tone: 'quiet', size: 'sm' }, '-ml-2.5 max-w-full')}
          >
            <ArrowLeft aria-hidden="true" />
            <span className="truncate">{document.title}</span>
          </Link>
          <h1 className="mt-1 text-[22px] leading-7 font-semibold tracking-[-0.015em]">History</h1>
        </div>
        <div className="pt-1">
          <DetailedLabel others={others} />
        </div>
      </div>
      <div className="grid items-start gap-6 md:grid-cols-[280px_minmax(0,1fr)]">
        <RevisionList
          listing={listing}
          control={control}
          newest={newest}
          className={cn(narrowDetail && 'max-md:hidden')}
        />
        <div className={cn('min-w-0', !narrowDetail && 'max-md:hidden')}>
          <RevisionDetail
            document={document}
            listing={listing}
            control={control}
            newest={newest}
            restorable={mayEdit(roleIn(session, document.workspaceId))}
          />
        </div>
      </div>
    </main>
  );
}
