'use client';

import type { Workspace } from '@doclight/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, Eye, Files, SearchX } from 'lucide-react';
import { type ReactElement, useCallback, useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { messageOf } from '@/lib/api/api-error';
import { findSummary } from '@/lib/documents/summaries';
import { useFocus } from '@/lib/presence/use-presence';
import { mayEdit } from '@/lib/session/session';
import { useStore } from '@/lib/store';
import {
  changeDashboard,
  type DashboardState,
  dashboardState,
  restoreDashboardState,
} from './dashboard-state';
import { DocumentGrid } from './document-grid';
import { Filters } from './filters';
import { useRenameKey } from './rename/use-rename-key';
import { CardSkeleton, RowSkeleton } from './skeletons';
import { NewDocumentButton, ViewControls } from './toolbar';
import { useDashboard } from './use-dashboard';

/** The documents of a workspace with who is in them, live. */
export function Dashboard({ workspace }: { readonly workspace: Workspace }): ReactElement {
  restoreDashboardState();
  const state = useStore(dashboardState, (value) => value);
  const { listing, documents, ids, ready, counts } = useDashboard(workspace.id, state);
  const [shown, setShown] = useState('');
  const onShow = useCallback((documentIds: readonly string[]) => setShown(documentIds.join(' ')), []);
  useFocus(workspace.id, state.filter === 'all' ? shown : null);
  const scope = `${state.query} ${state.filter} ${state.sort}`;
  const editable = mayEdit(workspace.role);
  const queryClient = useQueryClient();
  useRenameKey(
    editable,
    useCallback((id) => findSummary(queryClient, id), [queryClient]),
  );
  return (
    <main className="mx-auto w-full max-w-[1440px] px-4 pt-5 pb-16 sm:px-6 lg:px-8">
      <div className="mb-4 flex items-center justify-between gap-4">
        <h1 className="truncate text-xl font-semibold tracking-tight">Documents</h1>
        {editable ? <NewDocumentButton /> : null}
      </div>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Filters filter={state.filter} {...counts} />
        <ViewControls />
      </div>
      {listing.status === 'error' ? (
        <EmptyState
          icon={<CircleAlert />}
          heading="The documents could not be loaded"
          action={<Button onClick={listing.retry}>Try again</Button>}
        >
          {messageOf(listing.error)}
        </EmptyState>
      ) : !ready ? (
        <LoadingDocuments view={state.view} />
      ) : ids.length === 0 ? (
        <NothingToShow state={state} editable={editable} />
      ) : (
        <DocumentGrid
          ids={ids}
          scope={scope}
          documents={documents}
          view={state.view}
          editable={editable}
          hasMore={listing.hasMore && state.filter === 'all'}
          onReachEnd={listing.loadMore}
          onShow={onShow}
        />
      )}
    </main>
  );
}

/** Skeletons in the place of the first documents. */
export function LoadingDocuments({ view }: { readonly view: DashboardState['view'] }): ReactElement {
  const places = Array.from({ length: 8 }, (_, place) => `place-${place}`);
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading documents</span>
      {view === 'grid' ? (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(272px,100%),1fr))] gap-4">
          {places.map((place) => (
            <CardSkeleton key={place} />
          ))}
        </div>
      ) : (
        <div className="flex flex-col gap-2">
          {places.map((place) => (
            <RowSkeleton key={place} />
          ))}
        </div>
      )}
    </div>
  );
}

function NothingToShow({
  state,
  editable,
}: {
  readonly state: DashboardState;
  readonly editable: boolean;
}): ReactElement {
  if (state.filter === 'watched') {
    return (
      <EmptyState
        icon={<Eye />}
        heading={state.query === '' ? 'You watch nothing yet' : 'Nothing found'}
        action={<Button onClick={() => changeDashboard({ filter: 'all' })}>Show all documents</Button>}
      >
        {state.query === ''
          ? 'Choose Watch in the menu (⋯) of a document, and you hear of every change.'
          : `None of the documents you watch contains “${state.query}”.`}
      </EmptyState>
    );
  }
  if (state.filter !== 'all') {
    return (
      <EmptyState
        icon={<Files />}
        heading={state.filter === 'edit' ? 'Nobody else is editing' : 'Nobody else is reading'}
        action={<Button onClick={() => changeDashboard({ filter: 'all' })}>Show all documents</Button>}
      >
        It will show here the moment somebody does.
      </EmptyState>
    );
  }
  if (state.query !== '')
    return (
      <EmptyState icon={<SearchX />} heading="Nothing found">
        No document contains “{state.query}”.
      </EmptyState>
    );
  return (
    <EmptyState icon={<Files />} heading="No documents yet">
      {editable ? 'Write the first one with the button above.' : 'They will show here as they are written.'}
    </EmptyState>
  );
}
