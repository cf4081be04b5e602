import type { DocumentList, DocumentSort, DocumentSummary, WorkspaceEvent } from '@doclight/protocol';

/** The loaded pages of one list, in the shape TanStack Query keeps them. */
export interface LoadedList {
  readonly pages: readonly DocumentList[];
  readonly pageParams: readonly unknown[];
}

/** Every document of the loaded pages once; one that moved between two pages counts where it is first. */
export function loadedDocuments(list: LoadedList | undefined): DocumentSummary[] {
  const byId = new Map<string, DocumentSummary>();
  for (const page of list?.pages ?? [])
    for (const document of page.documents) if (!byId.has(document.id)) byId.set(document.id, document);
  return [...byId.values()];
}

/**
 * Puts a new or changed document where it belongs in a list. In order of title, one that belongs
 * behind everything loaded is left to the page that will bring it.
 */
export function placeDocument<L extends LoadedList>(
  list: L,
  document: DocumentSummary,
  sort: DocumentSort,
): L {
  const without = removeDocument(list, document.id);
  const pages = without.pages.map((page) => ({ ...page, documents: [...page.documents] }));
  const [first] = pages;
  if (!first) return list;
  if (sort === 'changed') {
    first.documents.unshift(document);
    return { ...without, pages };
  }
  for (const page of pages) {
    const index = page.documents.findIndex((other) => compareTitles(document, other) < 0);
    if (index < 0) continue;
    page.documents.splice(index, 0, document);
    return { ...without, pages };
  }
  const last = pages.at(-1);
  if (last && last.nextCursor === null) last.documents.push(document);
  return { ...without, pages };
}

/** Takes a document out of a list; the same list where it was not in it. */
export function removeDocument<L extends LoadedList>(list: L, id: string): L {
  if (!list.pages.some((page) => page.documents.some((document) => document.id === id))) return list;
  const pages = list.pages.map((page) => ({
    ...page,
    documents: page.documents.filter((document) => document.id !== id),
  }));
  return { ...list, pages };
}

/** What a save tells about a document, without having fetched it. */
export function patchSaved(
  document: DocumentSummary,
  event: Extract<WorkspaceEvent, { type: 'document:saved' }>,
): DocumentSummary {
  if (event.revision <= document.revision) return document;
  return {
    ...document,
    title: event.title,
    revision: event.revision,
    updatedAt: event.savedAt,
    updatedBy: event.savedBy,
  };
}

/** The server sorts by Unicode's root collation, and so does English. */
const titles = new Intl.Collator('en');

function compareTitles(a: DocumentSummary, b: DocumentSummary): number {
  return titles.compare(a.title, b.title);
}
