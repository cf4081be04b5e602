import type { UsersCount } from '@doclight/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { COUNT_WINDOW_MS, PeopleFeed } from './people-feed.js';

let activeUsers: number;
/** What everyone was told. */
let sent: number[];
/** Whom `sent` was not for, and what single sockets were told. */
let excepted: string[];
let single: [string, number][];
let feed: PeopleFeed;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  activeUsers = 0;
  sent = [];
  excepted = [];
  single = [];
  feed = new PeopleFeed('w', () => ({ activeUsers, people: [] }), {
    toAll: (count: UsersCount, except) => {
      sent.push(count.activeUsers);
      excepted.push(...except);
    },
    toOne: (socketId, count) => single.push([socketId, count.activeUsers]),
  });
});
afterEach(() => {
  feed.stop();
  vi.useRealTimers();
});

/** So many are active from now on. */
const become = (count: number): void => {
  activeUsers = count;
  feed.changed();
};

it('tells the first change at once, and those of a second in one', () => {
  become(1);
  vi.advanceTimersByTime(0);
  expect(sent).toEqual([1]);
  become(2);
  become(3);
  vi.advanceTimersByTime(COUNT_WINDOW_MS - 1);
  expect(sent).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(sent).toEqual([1, 3]);
});

it('says nothing where somebody was back within the second', () => {
  become(1);
  vi.advanceTimersByTime(0);
  become(0);
  become(1);
  vi.advanceTimersByTime(COUNT_WINDOW_MS);
  expect(sent).toEqual([1]);
});

it('corrects what it told a newcomer in between', () => {
  become(1);
  vi.advanceTimersByTime(0);
  become(2);
  feed.welcome('a');
  become(1);
  vi.advanceTimersByTime(COUNT_WINDOW_MS);
  expect(sent).toEqual([1]);
  expect(single).toEqual([
    ['a', 2],
    ['a', 1],
  ]);
});

it('tells nothing more to a newcomer who has gone, or may not hear it any more', () => {
  become(1);
  vi.advanceTimersByTime(0);
  become(2);
  feed.welcome('a');
  feed.forget('a');
  become(1);
  vi.advanceTimersByTime(COUNT_WINDOW_MS);
  expect(single).toEqual([['a', 2]]);
});

it('tells a newcomer nothing twice', () => {
  become(1);
  feed.welcome('a');
  vi.advanceTimersByTime(0);
  expect(sent).toEqual([1]);
  expect(excepted).toEqual(['a']);
  become(2);
  feed.welcome('b');
  feed.welcome('c');
  become(3);
  feed.welcome('d');
  vi.advanceTimersByTime(COUNT_WINDOW_MS);
  expect(sent).toEqual([1, 3]);
  expect(excepted).toEqual(['a', 'd']);
  feed.welcome('e');
  vi.advanceTimersByTime(COUNT_WINDOW_MS * 2);
  expect(single).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 2],
    ['d', 3],
    ['e', 3],
  ]);
  expect(sent).toEqual([1, 3]);
});
