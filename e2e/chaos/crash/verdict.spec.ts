import { describe, expect, it } from 'vitest';
import type { Record, Told } from './records.js';
import { judge } from './verdict.js';

const event = (eventId: number, revision: number): Told => ({
  eventId: String(eventId),
  type: revision === 1 ? 'document:created' : 'document:saved',
  documentId: 'd',
  revision,
});
const revised = (revision: number, title: string) => ({
  revision,
  title,
  text: `${title}\nmore`,
  userId: 'fry',
  savedAt: revision,
});
const log = [event(1, 1), event(2, 2), event(3, 3)];
const good: Record = {
  acknowledged: [{ mark: 'a', documentId: 'd', revision: 2, userId: 'fry' }],
  sent: new Set(['a', 'b', 'c']),
  history: new Map([['d', [revised(1, 'first'), revised(2, 'a'), revised(3, 'b')]]]),
  log,
  heard: [{ name: 'Fry', connections: [log.slice(0, 2)], caughtUp: [event(2, 2), event(3, 3)] }],
};
const faultsOf = (change: Partial<Record>): string[] =>
  judge({ ...good, ...change }).checks.flatMap(({ faults }) => faults);

describe('the verdict on a crash run', () => {
  it('is good where all that was acknowledged is there, and counts what nobody was told', () => {
    expect(faultsOf({})).toEqual([]);
    expect(judge(good)).toMatchObject({ found: 1, unanswered: 1 });
  });

  it.each<[string, Partial<Record>, string]>([
    [
      'a lost save',
      { acknowledged: [{ mark: 'c', documentId: 'd', revision: 3, userId: 'fry' }] },
      'c: not d@3',
    ],
    [
      'another author',
      { acknowledged: [{ mark: 'a', documentId: 'd', revision: 2, userId: 'leela' }] },
      'a: not d@2',
    ],
    [
      'a revision left out',
      { history: new Map([['d', [revised(1, 'first'), revised(3, 'b')]]]), acknowledged: [] },
      'd: revision 3 in place 2',
    ],
    [
      'a save made twice',
      { history: new Map([['d', [revised(1, 'first'), revised(2, 'a'), revised(3, 'a')]]]) },
      'a',
    ],
    ['a save of nobody', { sent: new Set(['a']) }, 'b'],
    ['a revision without its event', { log: log.slice(0, 2), heard: [] }, 'no event for d@3'],
    [
      'an event told of nothing',
      { log: [...log, event(4, 4)], heard: [] },
      'an event for d@4, which is not there',
    ],
    ['two events of one save', { log: [...log, event(4, 3)], heard: [] }, 'two events for d@3'],
    [
      'an event not heard',
      { heard: [{ name: 'Fry', connections: [log.slice(0, 2)], caughtUp: [] }] },
      'not d@3',
    ],
    [
      'an event heard twice',
      { heard: [{ name: 'Fry', connections: [[...log, event(3, 3)]], caughtUp: [] }] },
      '3 twice',
    ],
    [
      'events out of order',
      { heard: [{ name: 'Fry', connections: [[event(1, 1), event(3, 3), event(2, 2)]], caughtUp: [] }] },
      'd@2 after 3',
    ],
    [
      'an event of no log',
      { heard: [{ name: 'Fry', connections: [[...log, event(9, 3)]], caughtUp: [] }] },
      '9 is not in the log',
    ],
  ])('finds %s', (_, change, fault) => {
    expect(faultsOf(change)).toContain(fault);
  });
});
