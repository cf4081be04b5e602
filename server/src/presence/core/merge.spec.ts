import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentPresence, mergeEntries, sameEntry } from './merge.js';
import type { Entry } from './presence-types.js';

const entry = (over: Partial<Entry> = {}): Entry => ({
  user: { id: 'u', name: 'U', color: '#000000' },
  phase: 'read',
  since: 1_000,
  unsaved: false,
  attention: 'active',
  ...over,
});

const entries = fc.array(
  fc.record({
    user: fc.constant({ id: 'u', name: 'U', color: '#000000' }),
    phase: fc.constantFrom('read' as const, 'edit' as const),
    since: fc.nat(100),
    unsaved: fc.boolean(),
    attention: fc.constantFrom('active' as const, 'idle' as const, 'hidden' as const),
  }),
  { minLength: 1, maxLength: 6 },
);

describe('mergeEntries', () => {
  it('is nobody where there is nobody', () => expect(mergeEntries([])).toBeNull());

  it('takes the strongest phase since the earliest in it, any unsaved, the most active attention', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const phase = all.some((one) => one.phase === 'edit') ? 'edit' : 'read';
        expect(mergeEntries(all)).toEqual({
          user: all[0]?.user,
          phase,
          since: Math.min(...all.filter((one) => one.phase === phase).map((one) => one.since)),
          unsaved: all.some((one) => one.unsaved),
          attention: (['active', 'idle', 'hidden'] as const).find((level) =>
            all.some((one) => one.attention === level),
          ),
        });
      }),
    );
  });

  it('does not depend on the order, nor on merging in steps, as several gateways do', () => {
    const pairs = fc.tuple(entries, entries);
    fc.assert(
      fc.property(pairs, ([some, more]) => {
        const whole = mergeEntries([...some, ...more]);
        expect(mergeEntries([...more, ...some].reverse())).toEqual(whole);
        const parts = [mergeEntries(some), mergeEntries(more)].filter((part) => part !== null);
        expect(mergeEntries(parts)).toEqual(whole);
      }),
    );
  });
});

describe('sameEntry', () => {
  it('sees every difference that people see', () => {
    expect(sameEntry(entry(), entry())).toBe(true);
    expect(sameEntry(null, null)).toBe(true);
    expect(sameEntry(entry(), null)).toBe(false);
    for (const other of [
      { phase: 'edit' as const },
      { since: 2 },
      { unsaved: true },
      { attention: 'idle' as const },
      { user: { id: 'u', name: 'Renamed', color: '#000000' } },
      { user: { id: 'u', name: 'U', color: '#ffffff' } },
    ])
      expect(sameEntry(entry(), entry(other)), JSON.stringify(other)).toBe(false);
  });
});

describe('documentPresence', () => {
  const people = (count: number, phase: Entry['phase'], from = 0) =>
    Array.from({ length: count }, (_, index) =>
      entry({ phase, since: from + index, user: { id: `${phase}${index}`, name: 'N', color: '#000000' } }),
    );

  it('is free with nobody in it', () => {
    expect(documentPresence('w', 'd', 7, [])).toEqual({
      documentId: 'd',
      workspaceId: 'w',
      version: 7,
      status: 'free',
      readers: [],
      editors: [],
      readerCount: 0,
      editorCount: 0,
    });
  });

  it.each([
    [0, 25, 0, 20],
    [3, 25, 3, 17],
    [20, 5, 20, 0],
    [25, 25, 20, 0],
    [4, 4, 4, 4],
  ])('with %i editors and %i readers lists %i and %i', (editors, readers, listedEditors, listedReaders) => {
    const presence = documentPresence('w', 'd', 1, [...people(readers, 'read'), ...people(editors, 'edit')]);
    expect(presence).toMatchObject({
      status: editors > 0 ? 'edit' : 'read',
      editorCount: editors,
      readerCount: readers,
    });
    expect([presence.editors.length, presence.readers.length]).toEqual([listedEditors, listedReaders]);
  });

  it('lists those first who came first', () => {
    const presence = documentPresence('w', 'd', 1, people(30, 'read').reverse());
    expect(presence.readers.map(({ id }) => id)).toEqual(people(20, 'read').map(({ user }) => user.id));
    expect(presence.readers[1]?.since).toBe('1970-01-01T00:00:00.001Z');
  });
});
