import type { UsersCount } from '@doclight/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { COUNT_WINDOW_MS, PeopleFeed } from './people-feed.js';

let activeUsers: number;
let sent: number[];
let feed: PeopleFeed;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  activeUsers = 0;
  sent = [];
  feed = new PeopleFeed(
    'w',
    () => ({ activeUsers, people: [] }),
    (count: UsersCount) => sent.push(count.activeUsers),
  );
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
  expect(feed.welcome().activeUsers).toBe(2);
  become(1);
  vi.advanceTimersByTime(COUNT_WINDOW_MS);
  expect(sent).toEqual([1, 1]);
});
