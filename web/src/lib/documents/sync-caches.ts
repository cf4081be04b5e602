import type { Document, DocumentSort, DocumentSummary, WorkspaceEvent } from '@doclight/protocol';
import type { QueryClient } from '@tanstack/react-query';
import { queryKeys } from '../api/query-keys';
import { request } from '../api/request';
import { type EventLog, workspaceOf } from '../realtime/event-log';
import { watchFetches } from './fetch-watch';
import { type LoadedList, loadedDocuments, patchSaved, placeDocument, removeDocument } from './list-cache';
import { findSummary } from './summaries';

/** Changes within this time are fetched together. */
const FETCH_AFTER_MS = 250;
/** With more changed documents than this, reloading the lists is cheaper than fetching each. */
const MOST_SINGLE_FETCHES = 12;
/** So many events are kept for a list that was being fetched when they came. */
const MOST_KEPT = 2_000;

/** Keeps the caches of documents in step; see `syncDocumentCaches`. */
export interface CacheSync {
  /** The first connection stands: nothing that was fetched before it has been followed. */
  connected(): void;
  stop(): void;
}

/**
 * Keeps every list and summary in step with the document events: at once with what an event tells,
 * and a moment later with the rest (abstract, image). A list that was being fetched when an event came
 * may have been read before it: once it is there, it is told again.
 */
export function syncDocumentCaches(queryClient: QueryClient, eventLog: EventLog): CacheSync {
  const stale = new Map<string, string>();
  const deleted = new Set<string>();
  /** The newest events, oldest first, and how many came before them. */
  let kept: WorkspaceEvent[] = [];
  let dropped = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const fetchStale = async (): Promise<void> => {
    timer = undefined;
    const entries = [...stale];
    stale.clear();
    if (entries.length > MOST_SINGLE_FETCHES) {
      for (const workspaceId of new Set(entries.map(([, id]) => id)))
        await queryClient.invalidateQueries({ queryKey: queryKeys.documentLists(workspaceId) });
      return;
    }
    await Promise.all(
      entries.map(async ([id]) => {
        const document = await request('GET /api/documents/:id', { params: { id } }).catch(() => null);
        // It may have been deleted while the answer was on its way.
        if (document && !deleted.has(id)) putSummary(queryClient, summaryOf(document));
      }),
    );
  };
  const fetchSoon = (documentId: string, workspaceId: string): void => {
    stale.set(documentId, workspaceId);
    timer ??= setTimeout(() => void fetchStale(), FETCH_AFTER_MS);
  };

  const apply = (event: WorkspaceEvent): void => {
    if (event.type === 'document:created') {
      if (!deleted.has(event.document.id)) putSummary(queryClient, event.document);
    } else if (event.type === 'document:deleted') {
      deleted.add(event.documentId);
      eachList(queryClient, event.workspaceId, (list) => removeDocument(list, event.documentId));
      queryClient.removeQueries({ queryKey: queryKeys.summary(event.documentId) });
    } else if (!deleted.has(event.documentId)) {
      const known = findSummary(queryClient, event.documentId);
      if (known) putSummary(queryClient, patchSaved(known, event));
      if (!known || known.revision < event.revision) fetchSoon(event.documentId, event.workspaceId);
    }
  };

  const unsubscribe = eventLog.subscribe((event) => {
    kept.push(event);
    if (kept.length > MOST_KEPT) {
      const old = MOST_KEPT / 2;
      dropped += old;
      kept = kept.slice(old);
    }
    reloadSearches(queryClient, workspaceOf(event));
    apply(event);
  });
  const watch = watchFetches(
    queryClient,
    () => dropped + kept.length,
    (from) => {
      for (const event of kept.slice(Math.max(0, from - dropped))) apply(event);
    },
  );
  return {
    connected: watch.refetchAll,
    stop: () => {
      clearTimeout(timer);
      watch.stop();
      unsubscribe();
    },
  };
}

/** A document as lists carry it. */
export function summaryOf({ text: _text, ...summary }: Document): DocumentSummary {
  return summary;
}

/** Puts a document into every list it belongs to, and beside them, unless a newer one is known there. */
export function putSummary(queryClient: QueryClient, summary: DocumentSummary): void {
  const key = queryKeys.summary(summary.id);
  const single = queryClient.getQueryData<DocumentSummary>(key);
  if (!single || single.revision <= summary.revision) queryClient.setQueryData(key, summary);
  eachList(queryClient, summary.workspaceId, (list, sort) => {
    const known = loadedDocuments(list).find((document) => document.id === summary.id);
    if (known && known.revision > summary.revision) return list;
    // The same revision, fetched for its abstract and image, stays where it is.
    if (known?.revision === summary.revision) return replaceInPlace(list, summary);
    return placeDocument(list, summary, sort);
  });
}

function replaceInPlace(list: LoadedList, summary: DocumentSummary): LoadedList {
  const pages = list.pages.map((page) => ({
    ...page,
    documents: page.documents.map((document) => (document.id === summary.id ? summary : document)),
  }));
  return { ...list, pages };
}

interface ListKey {
  readonly query: string;
  readonly sort: DocumentSort;
}

/** Changes the whole lists of a workspace; those of a search know an order of their own. */
function eachList(
  queryClient: QueryClient,
  workspaceId: string,
  change: (list: LoadedList, sort: DocumentSort) => LoadedList,
): void {
  const lists = queryClient.getQueriesData<LoadedList>({ queryKey: queryKeys.documentLists(workspaceId) });
  for (const [key, list] of lists) {
    const { query, sort } = key[2] as ListKey;
    if (list && query === '') queryClient.setQueryData(key, change(list, sort));
  }
}

/** Only the server knows what a search finds now. */
function reloadSearches(queryClient: QueryClient, workspaceId: string): void {
  void queryClient.invalidateQueries({
    queryKey: queryKeys.documentLists(workspaceId),
    predicate: ({ queryKey }) => (queryKey[2] as ListKey).query !== '',
  });
}
