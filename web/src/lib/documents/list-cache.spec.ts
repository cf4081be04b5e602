import type { DocumentSummary } from '@doclight/protocol';
import { describe, expect, it } from 'vitest';
import { type LoadedList, loadedDocuments, patchSaved, placeDocument, removeDocument } from './list-cache';

const fry = { id: 'fry', name: 'Fry', color: '#336699' };
const leela = { id: 'leela', name: 'Leela', color: '#993366' };
const time = '2026-11-20T10:00:00.000Z';
const summary = (title: string, more: Partial<DocumentSummary> = {}): DocumentSummary => ({
  id: title.toLowerCase(),
  slug: `${title.toLowerCase()}-1`,
  workspaceId: 'w',
  title,
  abstract: '',
  imageUrl: null,
  thumbnails: [],
  author: leela,
  revision: 1,
  createdAt: time,
  updatedAt: time,
  updatedBy: leela,
  ...more,
});
const list = (pages: string[][], more = false): LoadedList => ({
  pages: pages.map((titles, index) => ({
    documents: titles.map((title) => summary(title)),
    nextCursor: more || index < pages.length - 1 ? 'next' : null,
  })),
  pageParams: [],
});
const titles = (loaded: LoadedList): string[] => loadedDocuments(loaded).map((document) => document.title);

describe('placeDocument', () => {
  it('puts what changed on top', () => {
    expect(titles(placeDocument(list([['A', 'B'], ['C']]), summary('C'), 'changed'))).toEqual([
      'C',
      'A',
      'B',
    ]);
    expect(titles(placeDocument(list([[]]), summary('New'), 'changed'))).toEqual(['New']);
  });

  it('keeps the order of titles', () => {
    expect(titles(placeDocument(list([['Apple', 'Cherry'], ['Fig']]), summary('banana'), 'title'))).toEqual([
      'Apple',
      'banana',
      'Cherry',
      'Fig',
    ]);
    expect(titles(placeDocument(list([['Apple']]), summary('Zebra'), 'title'))).toEqual(['Apple', 'Zebra']);
  });

  it('leaves to later pages what belongs there', () => {
    expect(titles(placeDocument(list([['Apple']], true), summary('Zebra'), 'title'))).toEqual(['Apple']);
  });
});

describe('removeDocument', () => {
  it('removes from any page, and changes nothing otherwise', () => {
    const loaded = list([['A'], ['B']]);
    expect(titles(removeDocument(loaded, 'b'))).toEqual(['A']);
    expect(removeDocument(loaded, 'x')).toBe(loaded);
  });
});

describe('loadedDocuments', () => {
  it('counts a document once that moved between two pages', () => {
    expect(
      titles(
        list([
          ['A', 'B'],
          ['B', 'C'],
        ]),
      ),
    ).toEqual(['A', 'B', 'C']);
  });
});

describe('patchSaved', () => {
  const event = {
    type: 'document:saved',
    eventId: '1',
    documentId: 'a',
    workspaceId: 'w',
    slug: 'a-1',
    title: 'A2',
    revision: 2,
    savedBy: fry,
    savedAt: '2026-11-20T11:00:00.000Z',
  } as const;
  it('takes over what the event tells, and nothing older', () => {
    expect(patchSaved(summary('A'), event)).toMatchObject({ title: 'A2', revision: 2, updatedBy: fry });
    const newer = summary('A', { revision: 3 });
    expect(patchSaved(newer, event)).toBe(newer);
  });
});
