import type { DocumentList, DocumentSummary } from '@doclight/protocol';
import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queryKeys } from '../api/query-keys';
import { EventLog } from '../realtime/event-log';
import { type LoadedList, loadedDocuments } from './list-cache';
import { type CacheSync, syncDocumentCaches } from './sync-caches';

const fry = { id: 'fry', name: 'Fry', color: '#336699' };
const time = '2026-11-20T10:00:00.000Z';
const summary = (title: string, revision = 1, id = title): DocumentSummary => ({
  id,
  slug: `${id}-1`,
  workspaceId: 'w',
  title,
  abstract: '',
  imageUrl: null,
  thumbnails: [],
  author: fry,
  revision,
  createdAt: time,
  updatedAt: time,
  updatedBy: fry,
});
let events = 0;
const nextId = (): string => {
  events += 1;
  return String(events);
};
const saved = (id: string, title: string, revision: number) =>
  ({
    type: 'document:saved',
    eventId: nextId(),
    documentId: id,
    workspaceId: 'w',
    slug: `${id}-1`,
    title,
    revision,
    savedBy: fry,
    savedAt: time,
  }) as const;
const gone = (documentId: string) =>
  ({ type: 'document:deleted', eventId: nextId(), documentId, workspaceId: 'w' }) as const;
const made = (document: DocumentSummary) =>
  ({ type: 'document:created', eventId: nextId(), document }) as const;

describe('lists that are fetched while things happen', () => {
  let client: QueryClient;
  let log: EventLog;
  let sync: CacheSync;
  let refetch: () => void;
  let stopWatching: () => void;
  /** Lets the fetch under way be answered. */
  let answers: ((page: DocumentList) => void)[];

  const key = queryKeys.documentList('w', '', 'title');
  const titles = (): string[] =>
    loadedDocuments(client.getQueryData<LoadedList>(key)).map(({ title }) => title);
  const answer = async (...documents: DocumentSummary[]): Promise<void> => {
    const settled = new Promise<void>((resolve) => {
      const stop = client.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual) return;
        stop();
        // After what is done in answer to it.
        setTimeout(resolve);
      });
    });
    const last = answers.pop();
    if (!last) throw new Error('nothing is being fetched');
    last({ documents, nextCursor: null });
    await settled;
  };

  beforeEach(() => {
    client = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: 0 } } });
    log = new EventLog();
    sync = syncDocumentCaches(client, log);
    answers = [];
    const list = new InfiniteQueryObserver(client, {
      queryKey: key,
      queryFn: () => new Promise<DocumentList>((resolve) => answers.push(resolve)),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page: DocumentList) => page.nextCursor ?? undefined,
    });
    stopWatching = list.subscribe(() => {});
    refetch = () => void list.refetch();
  });
  afterEach(() => {
    stopWatching();
    sync.stop();
    client.clear();
  });

  it('show what came before the answer and is not in it, once', async () => {
    log.receive(made(summary('New')));
    log.receive(saved('A', 'Zebra', 2));
    log.receive(gone('B'));
    await answer(summary('A'), summary('B'), summary('C'));
    expect(titles()).toEqual(['C', 'New', 'Zebra']);
  });

  it('show it once where it is in the answer as well, and nothing older', async () => {
    log.receive(made(summary('New')));
    log.receive(saved('A', 'Older', 2));
    await answer(summary('New'), summary('Newest', 3, 'A'));
    expect(titles()).toEqual(['New', 'Newest']);
  });

  it('keep what came while they were fetched again', async () => {
    await answer(summary('A'), summary('B'));
    refetch();
    log.receive(saved('A', 'Zebra', 2));
    log.receive(made(summary('Aa')));
    expect(titles()).toEqual(['Aa', 'B', 'Zebra']);
    await answer(summary('A'), summary('B'));
    expect(titles()).toEqual(['Aa', 'B', 'Zebra']);
  });

  it('are fetched again where the first connection came after they were begun', async () => {
    sync.connected();
    await answer(summary('A'));
    expect(answers).toHaveLength(1);
    await answer(summary('A'), summary('Made before the connection'));
    expect(titles()).toEqual(['A', 'Made before the connection']);
    expect(answers).toHaveLength(0);
  });
});
