import type { Notice } from '@doclight/protocol';
import { describe, expect, it } from 'vitest';
import { noticeParts } from '@/lib/notifications/notice-parts';
import { badgeText } from './badge-text';
import { loadedNotices, markNotices, type NoticePages, putNotice, removeWorkspace } from './centre-cache';

const notice = (id: string, minute: number, over: Partial<Notice> = {}): Notice => {
  const at = `2026-11-21T10:${String(minute).padStart(2, '0')}:00.000Z`;
  return {
    id,
    type: 'saved',
    workspaceId: 'w',
    document: { id: `doc-${id}`, slug: id, title: 'Delivery', exists: true },
    actor: { id: 'fry', name: 'Fry', color: '#336699' },
    count: 1,
    title: 'Fry saved Delivery',
    body: '',
    tag: `document:doc-${id}`,
    url: `/documents/${id}`,
    read: false,
    createdAt: at,
    updatedAt: at,
    ...over,
  };
};
const pages = (more: string | null, ...lists: Notice[][]): NoticePages => ({
  pages: lists.map((notifications, at) => ({
    notifications,
    nextCursor: at === lists.length - 1 ? more : 'next',
    unread: 0,
  })),
  pageParams: lists.map(() => undefined),
});
const ids = (data: NoticePages): string[] => loadedNotices(data).map(({ id }) => id);

describe('the notices that are loaded', () => {
  const data = pages('more', [notice('c', 30), notice('b', 20)], [notice('a', 10)]);

  it('take a new one on top, and one that counts further up to there', () => {
    expect(ids(putNotice(data, notice('d', 40), 'all'))).toEqual(['d', 'c', 'b', 'a']);
    const again = putNotice(data, notice('a', 40, { count: 2 }), 'all');
    expect(ids(again)).toEqual(['a', 'c', 'b']);
    expect(loadedNotices(again)[0]?.count).toBe(2);
  });

  it('keep the place of one that was only marked, and do not go back to an older state', () => {
    const read = putNotice(data, notice('b', 20, { read: true }), 'all');
    expect(ids(read)).toEqual(['c', 'b', 'a']);
    expect(loadedNotices(read)[1]?.read).toBe(true);
    expect(putNotice(data, notice('b', 19), 'all')).toBe(data);
  });

  it('leave to its page what is older than all of them, and take it where there is no further page', () => {
    expect(ids(putNotice(data, notice('z', 1), 'all'))).toEqual(['c', 'b', 'a']);
    expect(ids(putNotice(pages(null, [notice('a', 10)]), notice('z', 1), 'all'))).toContain('z');
  });

  it('are marked some or all; a list of the unread takes none that is read', () => {
    expect(loadedNotices(markNotices(data, ['b'])).filter(({ read }) => read)).toHaveLength(1);
    expect(loadedNotices(markNotices(data, null)).every(({ read }) => read)).toBe(true);
    expect(markNotices(data, ['nobody'])).toBe(data);
    expect(ids(putNotice(data, notice('d', 40, { read: true }), 'unread'))).toEqual(['c', 'b', 'a']);
  });

  it('lose those of a workspace that the person has left, and count one in two pages once', () => {
    const mixed = pages(
      null,
      [notice('c', 30), notice('x', 25, { workspaceId: 'other' })],
      [notice('c', 30)],
    );
    expect(ids(mixed)).toEqual(['c', 'x']);
    expect(ids(removeWorkspace(mixed, 'other'))).toEqual(['c']);
  });
});

it('the bell counts to 99', () => {
  expect([1, 99, 100, 5_000].map(badgeText)).toEqual(['1', '99', '99+', '99+']);
});

it('names in a notice’s line are found, whatever they contain', () => {
  expect(noticeParts(notice('a', 1))).toEqual({ actor: 'Fry', verb: 'saved', title: 'Delivery' });
  const many = notice('a', 1, { document: null, title: 'Fry created 12 documents' });
  expect(noticeParts(many)).toEqual({ actor: 'Fry', verb: 'created 12 documents', title: null });
  const odd = notice('a', 1, { title: 'Somebody did something' });
  expect(noticeParts(odd)).toEqual({ actor: '', verb: 'Somebody did something', title: null });
});
