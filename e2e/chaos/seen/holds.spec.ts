import { beforeEach, expect, it } from 'vitest';
import { Holds } from './holds.js';

let now: number;
let holds: Holds;
beforeEach(() => {
  now = 0;
  holds = new Holds(() => now);
  holds.held('fry', 'tab', 'a');
});

const leave = (at: number) => ({ at, documentId: 'a', userId: 'fry', seenBy: 'A' });
const wrongAt = (at: number): boolean => holds.wrong([leave(at)]).length === 1;

it('calls wrong a leave of somebody who stays', () => {
  expect(wrongAt(10_000)).toBe(true);
  expect(holds.wrong([{ ...leave(10_000), documentId: 'b' }])).toEqual([]);
});

it('calls right a leave of somebody who left or went away', () => {
  now = 5_000;
  holds.left('fry', 'tab');
  expect(wrongAt(5_010)).toBe(false);
  now = 6_000;
  holds.held('fry', 'tab', 'a');
  now = 10_000;
  holds.dropped('fry', 'tab');
  expect(wrongAt(13_500)).toBe(false);
});

it('calls wrong a leave between a drop and a return within 3 s', () => {
  now = 5_000;
  holds.dropped('fry', 'tab');
  now = 7_900;
  holds.held('fry', 'tab', 'a');
  expect(wrongAt(6_000)).toBe(true);
  now = 10_000;
  holds.dropped('fry', 'tab');
  now = 13_100;
  holds.held('fry', 'tab', 'a');
  expect(wrongAt(12_000)).toBe(false);
});

it('does not expect anybody back who went elsewhere while away', () => {
  now = 5_000;
  holds.dropped('fry', 'tab');
  holds.left('fry', 'tab');
  now = 6_000;
  holds.held('fry', 'tab', 'a');
  expect(wrongAt(5_500)).toBe(false);
});

it('calls wrong a leave of somebody who stays in another tab', () => {
  holds.held('fry', 'other', 'a');
  now = 5_000;
  holds.left('fry', 'tab');
  expect(wrongAt(5_100)).toBe(true);
});

it('lets what is told of an earlier leave come late', () => {
  now = 5_000;
  holds.left('fry', 'tab');
  now = 5_100;
  holds.held('fry', 'tab', 'a');
  expect(wrongAt(6_000)).toBe(false);
  expect(wrongAt(7_200)).toBe(true);
});
