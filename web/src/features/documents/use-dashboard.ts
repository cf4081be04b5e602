import type { DocumentSummary } from '@doclight/protocol';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useWorkspaceRules } from '@/lib/notifications/rules';
import { statusWithout, totalsWithoutMe } from '@/lib/presence/others';
import { useWatchWorkspace, useWorkspacePresence } from '@/lib/presence/use-presence';
import { useSession } from '@/lib/session/session';
import type { DashboardState } from './dashboard-state';
import { liveFirst } from './order';
import { type DocumentListing, useDocumentList } from './use-document-list';

/** The first order waits this long for presence, so that cards need not move right after. */
const WAIT_FOR_PRESENCE_MS = 700;

interface Dashboard {
  readonly listing: DocumentListing;
  readonly documents: ReadonlyMap<string, DocumentSummary>;
  /** What to show, in order; some may not be loaded yet. */
  readonly ids: readonly string[];
  /** False while the first documents, or who is in them, are still on their way. */
  readonly ready: boolean;
  readonly counts: {
    readonly all: string | null;
    readonly editing: number | null;
    readonly reading: number | null;
    readonly watched: number | null;
  };
}

/** Brings the documents of a workspace and the presence in them together. */
export function useDashboard(workspaceId: string, state: DashboardState): Dashboard {
  const { user } = useSession();
  const { query, filter, sort } = state;
  useWatchWorkspace(workspaceId);
  const presence = useWorkspacePresence(workspaceId);
  const { view } = presence;
  // Labels follow at once, each card its own document; which cards there are and in what order may come a moment
  // later, as it can mean to make fifty of them anew.
  const { view: settled, known, truncated } = useDeferredValue(presence);
  const listing = useDocumentList(workspaceId, query, sort === 'title' ? 'title' : 'changed');
  const waited = useWaited(WAIT_FOR_PRESENCE_MS);

  const rules = useWorkspaceRules(workspaceId).data;
  const watched = useMemo(
    () => rules?.documents.filter(({ level }) => level === 'watch').map(({ id }) => id),
    [rules],
  );
  const live = useMemo(() => {
    const editing: string[] = [];
    const reading: string[] = [];
    for (const document of settled.documents.values()) {
      const status = statusWithout(document, user.id);
      if (status === 'edit') editing.push(document.documentId);
      if (status === 'read') reading.push(document.documentId);
    }
    return { editing, reading };
  }, [settled.documents, user.id]);
  const counts = useMemo(
    () => totalsWithoutMe(view.totals, view.documents.values(), user.id),
    [view.totals, view.documents, user.id],
  );

  const documents = useMemo(
    () => new Map(listing.documents.map((document) => [document.id, document])),
    [listing.documents],
  );
  const ids = useMemo(() => {
    const loaded = [...documents.keys()];
    // What a search finds is for the server to say: a live document it has not listed is no hit.
    const shown = (live: readonly string[]): readonly string[] =>
      query === '' ? live : live.filter((id) => documents.has(id));
    if (filter === 'all')
      // With more live documents than can be followed, what floats would depend on what is shown.
      return sort === 'activity' && !truncated
        ? liveFirst(loaded, shown([...live.editing, ...live.reading]))
        : loaded;
    const wanted = shown({ edit: live.editing, read: live.reading, watched: watched ?? [] }[filter]);
    return liveFirst(loaded, wanted).slice(0, wanted.length);
  }, [documents, live, watched, filter, sort, query, truncated]);

  return {
    listing,
    documents,
    ids,
    ready:
      listing.status !== 'pending' && (known || waited) && (filter !== 'watched' || watched !== undefined),
    counts: {
      all: listing.status === 'success' ? `${listing.documents.length}${listing.hasMore ? '+' : ''}` : null,
      editing: known ? counts.editing : null,
      reading: known ? counts.reading : null,
      watched: watched?.length ?? null,
    },
  };
}

function useWaited(milliseconds: number): boolean {
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWaited(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return waited;
}
