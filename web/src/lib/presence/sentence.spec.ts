import type { Person } from '@doclight/protocol';
import { expect, it } from 'vitest';
import { NOBODY, type OthersPresence } from './others';
import { sentenceOf } from './sentence';

const START = '2026-11-21T10:00:00.000Z';
const after = (minutes: number): number => Date.parse(START) + minutes * 60_000;
const person = (name: string, more: Partial<Person> = {}): Person => ({
  id: name,
  name,
  color: '#336699',
  since: START,
  unsaved: false,
  attention: 'active',
  ...more,
});
const editing = (editors: Person[], editorCount = editors.length): OthersPresence => ({
  ...NOBODY,
  status: 'edit',
  editors,
  editorCount,
});

it.each<[string, OthersPresence, number]>([
  ['Nobody else is here', NOBODY, 0],
  ['Fry has just begun editing', editing([person('Fry')]), 0],
  ['Fry has been editing for 12 min', editing([person('Fry')]), 12],
  [
    'Fry has been editing for 2 h, has unsaved changes and is idle now',
    editing([person('Fry', { unsaved: true, attention: 'idle' })]),
    130,
  ],
  ['Fry has just begun editing and has unsaved changes', editing([person('Fry', { unsaved: true })]), 0],
  [
    'Fry (12 min, unsaved changes) and Amy (12 min, in another tab) are editing',
    editing([person('Fry', { unsaved: true }), person('Amy', { attention: 'hidden' })]),
    12,
  ],
  [
    'A, B, C and 4 more are editing',
    editing(
      ['A', 'B', 'C', 'D'].map((name) => person(name)),
      7,
    ),
    0,
  ],
  ['30 people are editing', editing([], 30), 0],
  [
    'Leela has been reading for 5 min',
    { ...NOBODY, status: 'read', readers: [person('Leela')], readerCount: 1 },
    5,
  ],
])('%s', (sentence, others, minutes) => {
  expect(sentenceOf(others, after(minutes))).toBe(sentence);
});
