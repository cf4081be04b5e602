import type { Person } from '@doclight/protocol';
import { describe, expect, it } from 'vitest';
import { describeChange } from './describe-change';
import { describePerson, hasUnsaved, labelText } from './label-text';
import { NOBODY, type OthersPresence } from './others';

const person = (name: string, more: Partial<Person> = {}): Person => ({
  id: name,
  name,
  color: '#336699',
  since: '2026-11-20T10:00:00.000Z',
  unsaved: false,
  attention: 'active',
  ...more,
});
const editing = (people: Person[], editorCount = people.length): OthersPresence => ({
  ...NOBODY,
  status: 'edit',
  editors: people,
  editorCount,
});

describe('labelText', () => {
  it('says Free and nobody', () => expect(labelText(NOBODY)).toEqual({ word: 'Free', names: '' }));

  it('names who causes the state and counts the rest', () => {
    expect(labelText(editing([person('Leela'), person('Fry'), person('Amy')]))).toEqual({
      word: 'Editing',
      names: 'Leela +2',
    });
    expect(labelText(editing([person('Leela'), person('Fry')]), 2).names).toBe('Leela, Fry');
    expect(labelText(editing([person('Leela')], 25)).names).toBe('Leela +24');
  });

  it('names readers only where nobody edits', () => {
    const both = { ...editing([person('Leela')]), readers: [person('Fry')], readerCount: 1 };
    expect(labelText(both).names).toBe('Leela');
    const reading: OthersPresence = { ...NOBODY, status: 'read', readers: [person('Fry')], readerCount: 1 };
    expect(labelText(reading)).toEqual({ word: 'Reading', names: 'Fry' });
  });

  it('counts people that are not listed', () => {
    expect(labelText(editing([], 1)).names).toBe('1 person');
    expect(labelText(editing([], 3)).names).toBe('3 people');
  });
});

describe('describePerson', () => {
  const start = Date.parse('2026-11-20T10:00:00.000Z');
  it('tells how long, and what else is known', () => {
    expect(describePerson(person('Fry'), 'edit', start + 12 * 60_000)).toBe('editing for 12 min');
    expect(describePerson(person('Fry'), 'read', start + 5_000)).toBe('reading');
    expect(
      describePerson(person('Fry', { attention: 'idle', unsaved: true }), 'edit', start + 3 * 3_600_000),
    ).toBe('editing for 3 h, idle, unsaved changes');
  });
});

describe('hasUnsaved', () => {
  it('is about other editors', () => {
    expect(hasUnsaved(editing([person('Fry', { unsaved: true })]))).toBe(true);
    expect(hasUnsaved(editing([person('Fry')]))).toBe(false);
  });
});

describe('describeChange', () => {
  it('is a sentence', () => {
    expect(describeChange('Budget', NOBODY)).toBe('Budget is free');
    expect(describeChange('Budget', editing([person('Fry')]))).toBe('Fry is editing Budget');
    expect(describeChange('Budget', editing([person('Fry'), person('Amy')]))).toBe(
      'Fry, Amy are editing Budget',
    );
  });
});
