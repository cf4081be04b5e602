import type { RevisionSummary } from '@doclight/protocol';
import { expect, it } from 'vitest';
import { addNewest, type RevisionPage } from './revision-pages';

const revision = (number: number): RevisionSummary => ({
  revision: number,
  title: `Title ${number}`,
  savedAt: '2026-11-21T10:00:00.000Z',
  author: { id: 'fry', name: 'Fry', color: '#aa5500' },
  restoredFrom: null,
});
const page = (...numbers: number[]): RevisionPage => ({
  revisions: numbers.map(revision),
  nextCursor: String(numbers.at(-1)),
});
const numbers = (pages: readonly RevisionPage[] | null): number[][] | null =>
  pages?.map(({ revisions }) => revisions.map((one) => one.revision)) ?? null;

it('puts new revisions on top, each once, whatever the answers cross', () => {
  const loaded = [page(5, 4), page(3, 2)];
  expect(numbers(addNewest(loaded, page(7, 6, 5)))).toEqual([
    [7, 6, 5, 4],
    [3, 2],
  ]);
  expect(numbers(addNewest(loaded, page(5, 4)))).toEqual([
    [5, 4],
    [3, 2],
  ]);
  expect(numbers(addNewest(loaded, page(4, 3)))).toEqual([
    [5, 4],
    [3, 2],
  ]);
});

it('asks for all anew where more was missed than one page holds', () => {
  expect(addNewest([page(5, 4)], page(9, 8))).toBeNull();
  expect(addNewest([], page(2, 1))).toBeNull();
});
