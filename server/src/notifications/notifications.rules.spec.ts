import { isQuiet, type NotificationType, notificationTypeSchema, type WatchLevel } from '@doclight/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_TYPES, countTold, effectiveLevel, isTold } from './audience.rules.js';
import { foldKey } from './folding.rules.js';
import { MOST_ATTEMPTS, outcomeOf, waitBefore } from './push-outcome.rules.js';
import { chooseTab, wayOf } from './ways.rules.js';

const level = fc.constantFrom<WatchLevel>('watch', 'default', 'mute');
const type = fc.constantFrom<NotificationType>(...notificationTypeSchema.options);
const types = fc.record({
  saved: fc.boolean(),
  created: fc.boolean(),
  deleted: fc.boolean(),
  opened: fc.boolean(),
  mentioned: fc.boolean(),
  'edit-requested': fc.boolean(),
});
const standing = fc.record({ workspaceLevel: level, documentLevel: level, types, involved: fc.boolean() });
const attention = fc.constantFrom('active', 'idle', 'hidden');
const reach = fc.option(fc.record({ attention, desktop: fc.boolean() }), { nil: null });
const situation = fc.record({ looking: fc.boolean(), reach, devices: fc.nat(3), quiet: fc.boolean() });

describe('who is told', () => {
  it('is nobody who has muted it or turned it off, and everybody else who watches', () =>
    fc.assert(
      fc.property(type, standing, (what, one) => {
        const muted = effectiveLevel(one) === 'mute' || !one.types[what];
        if (muted) expect(isTold(what, one)).toBe(false);
        else if (effectiveLevel(one) === 'watch') expect(isTold(what, one)).toBe(true);
      }),
    ));

  it('by default is told of saves and deletions of what they touched, and of what is meant for them', () => {
    const standard = { workspaceLevel: 'default', documentLevel: 'default', types: ALL_TYPES } as const;
    const told = (involved: boolean) =>
      notificationTypeSchema.options.filter((what) => isTold(what, { ...standard, involved }));
    expect(told(true)).toEqual(['saved', 'deleted', 'opened', 'mentioned', 'edit-requested']);
    expect(told(false)).toEqual(['opened', 'mentioned', 'edit-requested']);
  });

  it('never hears less for watching a document, nor more for muting it', () =>
    fc.assert(
      fc.property(type, standing, (what, one) => {
        const at = (documentLevel: WatchLevel) => Number(isTold(what, { ...one, documentLevel }));
        expect(at('watch')).toBeGreaterThanOrEqual(at('default'));
        expect(at('default')).toBeGreaterThanOrEqual(at('mute'));
      }),
    ));

  it('counts of many documents those that one would be told of one by one', () =>
    fc.assert(
      fc.property(
        type,
        level,
        fc.subarray(notificationTypeSchema.options),
        fc.array(fc.record({ documentLevel: level, involved: fc.boolean() }), { maxLength: 8 }),
        fc.nat(5),
        (what, workspaceLevel, off, bound, others) => {
          const offTypes = { ...ALL_TYPES, ...Object.fromEntries(off.map((one) => [one, false])) };
          const all = [
            ...bound,
            ...Array.from({ length: others }, () => ({ documentLevel: 'default' as const, involved: false })),
          ];
          const expected = all.filter((one) =>
            isTold(what, { ...one, workspaceLevel, types: offTypes }),
          ).length;
          const bonds = bound.map((one) => ({ ...one, documents: 1 }));
          expect(countTold(what, { workspaceLevel, off }, all.length, bonds)).toBe(expected);
        },
      ),
    ));
});

describe('the way', () => {
  it('is one, fits where the person is, and disturbs nobody in quiet hours', () =>
    fc.assert(
      fc.property(situation, (one) => {
        const way = wayOf(one).kind;
        const atThePage = one.reach?.attention === 'active';
        if (one.looking) expect(way).toBe('nothing');
        else if (atThePage) expect(way).toBe('toast');
        else if (one.quiet) expect(way).toBe('centre');
        if (one.looking || atThePage || one.quiet) return;
        if (way === 'desktop') expect(one.reach?.desktop).toBe(true);
        if (way === 'push') expect([one.devices > 0, one.reach?.desktop ?? false]).toEqual([true, false]);
        if (way === 'toast') expect([one.reach !== null, one.devices]).toEqual([true, 0]);
        if (way === 'centre') expect([one.reach, one.devices]).toEqual([null, 0]);
      }),
    ));

  it('chooses one tab: a toast where the person is, the desktop by a page that may', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ attention, desktop: fc.boolean() })), attention, (tabs, most) => {
        const toast = chooseTab('toast', most, tabs);
        const desktop = chooseTab('desktop', most, tabs);
        expect(toast?.attention ?? most).toBe(most);
        expect(toast !== undefined).toBe(tabs.some((tab) => tab.attention === most));
        expect(desktop !== undefined).toBe(tabs.some((tab) => tab.desktop));
        expect(desktop?.desktop ?? true).toBe(true);
      }),
    ));
});

describe('quiet hours', () => {
  const night = { from: '22:00', to: '07:30', timeZone: 'Europe/Berlin' };

  it.each([
    ['2026-01-10T20:59:59Z', false],
    ['2026-01-10T21:00:00Z', true],
    ['2026-01-11T06:29:59Z', true],
    ['2026-01-11T06:30:00Z', false],
    // In summer the clock is two hours ahead of UTC, and the wall decides.
    ['2026-07-10T19:59:59Z', false],
    ['2026-07-10T20:00:00Z', true],
    ['2026-07-11T05:30:00Z', false],
    // The night in which an hour comes twice.
    ['2026-10-25T00:30:00Z', true],
    ['2026-10-25T06:30:00Z', false],
  ])('over midnight at %s: %s', (at, quiet) => expect(isQuiet(night, new Date(at))).toBe(quiet));

  it('are turned round by turning round when they begin and end', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia'),
        fc.tuple(fc.nat(1439), fc.nat(1439)).filter(([a, b]) => a !== b),
        (at, timeZone, [a, b]) => {
          const clock = (minutes: number) =>
            `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
          const [from, to] = [clock(a), clock(b)];
          expect(isQuiet({ from, to, timeZone }, at)).toBe(!isQuiet({ from: to, to: from, timeZone }, at));
        },
      ),
    ));
});

describe('what a push service says', () => {
  it.each([
    [201, 'sent'],
    [202, 'sent'],
    [404, 'gone'],
    [410, 'gone'],
    [400, 'refused'],
    [403, 'refused'],
    [413, 'refused'],
    [301, 'refused'],
    [408, 'later'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
  ])('with %i means %s', (status, kind) => expect(outcomeOf(status, undefined, 0).kind).toBe(kind));

  it.each([
    ['120', 120_000],
    ['Thu, 01 Jan 1970 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 1969 00:00:00 GMT', 0],
    ['99999999999', 86_400_000],
    ['soon', null],
    [undefined, null],
  ])('in Retry-After: %s is heeded', (retryAfter, notBeforeMs) =>
    expect(outcomeOf(429, retryAfter, 0)).toMatchObject({ kind: 'later', notBeforeMs }),
  );

  it('is waited for ever longer, never less than asked, and in the end given up', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.option(fc.nat(3_600_000), { nil: null }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, asked, random) => {
          const wait = waitBefore(attempts, asked, random);
          if (attempts >= MOST_ATTEMPTS) expect(wait).toBeNull();
          if (wait === null) return;
          expect(wait).toBeGreaterThanOrEqual(Math.max(asked ?? 0, 1_500));
          if (attempts > 1 && asked === null) {
            expect(waitBefore(attempts - 1, null, random) ?? 0).toBeLessThanOrEqual(wait);
          }
        },
      ),
    ));
});

describe('folding', () => {
  it('never brings two people, two documents or two kinds of news together', () => {
    const id = fc.constantFrom('a', 'b', 'c');
    const key = fc.tuple(type, id, fc.option(id, { nil: null }), id);
    fc.assert(
      fc.property(key, key, (one, other) => {
        const [a, b] = [foldKey(...one), foldKey(...other)];
        if (a === null || a !== b) return;
        const [sameType, , document, actor] = one;
        expect([sameType, document, actor]).toEqual([other[0], other[2], other[3]]);
        if (document === null) expect(one[1]).toBe(other[1]);
      }),
    );
  });
});
