import type { Document, DocumentSort, DocumentSummary } from '@doclight/protocol';
import type { QueryClient } from '@tanstack/react-query';
import { queryKeys } from '../api/query-keys';
import { request } from '../api/request';
import { type EventLog, workspaceOf } from '../realtime/event-log';
import { type LoadedList, loadedDocuments, patchSaved, placeDocument, removeDocument } from './list-cache';
import { findSummary } from './summaries';

/** Changes within this time are fetched together. */
const FETCH_AFTER_MS = 250;
/** With more changed documents than this, reloading the lists is cheaper than fetching each. */
const MOST_SINGLE_FETCHES = 12;

/**
 * Keeps every list and summary in step with the document events: at once with what an event tells,
 * and a moment later with the rest (abstract, image).
 * @returns stops
 */
export function syncDocumentCaches(queryClient: QueryClient, eventLog: EventLog): () => void {
  const stale = new Map<string, string>();
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
        if (document) putSummary(queryClient, summaryOf(document));
      }),
    );
  };
  const fetchSoon = (documentId: string, workspaceId: string): void => {
    stale.set(documentId, workspaceId);
    timer ??= setTimeout(() => void fetchStale(), FETCH_AFTER_MS);
  };

  const unsubscribe = eventLog.subscribe((event) => {
    reloadSearches(queryClient, workspaceOf(event));
    if (event.type === 'document:created') {
      putSummary(queryClient, event.document);
    } else if (event.type === 'document:deleted') {
      eachList(queryClient, event.workspaceId, (list) => removeDocument(list, event.documentId));
      queryClient.removeQueries({ queryKey: queryKeys.summary(event.documentId) });
    } else {
      const known = findSummary(queryClient, event.documentId);
      if (known && known.revision >= event.revision) return;
      if (known) putSummary(queryClient, patchSaved(known, event));
      fetchSoon(event.documentId, event.workspaceId);
    }
  });
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}

/** A document as lists carry it. */
export function summaryOf({ text: _text, ...summary }: Document): DocumentSummary {
  return summary;
}

/** Puts a document into every list it belongs to, unless a list holds a newer one. */
export function putSummary(queryClient: QueryClient, summary: DocumentSummary): void {
  queryClient.setQueryData(queryKeys.summary(summary.id), summary);
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
