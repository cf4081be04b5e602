import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { mergeEntries } from './merge.js';
import type { Entry, PresenceChange } from './presence-types.js';
import { type ChangesByWorkspace, SocketTracker } from './socket-tracker.js';

const user = (id: string) => ({ id, name: id, color: '#000000' });
const fry = user('fry');

/** The changes in one line each: `d read@5 unsaved idle`, `d gone`, `+fry`, `+fry hidden desktop`, `-fry`. */
const told = (changes: ChangesByWorkspace): string[] =>
  [...changes.values()].flat().map((change) => {
    if (change.kind === 'connection') {
      const { attention = 'active', desktop = false } = change.reach ?? {};
      const reach = `${attention === 'active' ? '' : ` ${attention}`}${desktop ? ' desktop' : ''}`;
      return change.user ? `+${change.userId}${reach}` : `-${change.userId}`;
    }
    const { entry, documentId } = change;
    if (!entry) return `${documentId} gone`;
    return `${documentId} ${entry.phase}@${entry.since}${entry.unsaved ? ' unsaved' : ''} ${entry.attention}`;
  });

describe('SocketTracker', () => {
  let tracker: SocketTracker;
  const set = (
    socketId: string,
    phase: 'read' | 'edit',
    now: number,
    flags: { unsaved?: boolean; attention?: 'active' | 'idle' | 'hidden' } = {},
    documentId = 'd',
  ) => told(tracker.set(socketId, { workspaceId: 'w', documentId, phase, ...flags }, now, undefined));

  beforeEach(() => {
    tracker = new SocketTracker();
  });

  it('tells of a person once, however many sockets they have', () => {
    expect(told(tracker.connect('s1', fry, new Set(['w', 'v']), undefined))).toEqual(['+fry', '+fry']);
    expect(told(tracker.connect('s2', fry, new Set(['w', 'v']), undefined))).toEqual([]);
    expect(told(tracker.end('s1'))).toEqual([]);
    expect(told(tracker.end('s2'))).toEqual(['-fry', '-fry']);
    expect(told(tracker.end('s2'))).toEqual([]);
  });

  it('goes from reading to editing in one change', () => {
    tracker.connect('s1', fry, new Set(['w']), undefined);
    expect(set('s1', 'read', 1)).toEqual(['d read@1 active']);
    expect(set('s1', 'edit', 2)).toEqual(['d edit@2 active']);
    expect(set('s1', 'edit', 3)).toEqual([]);
    expect(set('s1', 'read', 4)).toEqual(['d read@4 active']);
  });

  it('leaves flags that are left out as they were', () => {
    tracker.connect('s1', fry, new Set(['w']), undefined);
    set('s1', 'edit', 1, { unsaved: true, attention: 'idle' });
    expect(set('s1', 'edit', 2)).toEqual([]);
    expect(set('s1', 'edit', 3, { unsaved: false })).toEqual(['d edit@1 idle']);
    expect(set('s1', 'edit', 4, { attention: 'hidden' })).toEqual(['+fry hidden', 'd edit@1 hidden']);
  });

  it('merges two tabs, and does not tell of one that adds nothing', () => {
    tracker.connect('s1', fry, new Set(['w']), undefined);
    tracker.connect('s2', fry, new Set(['w']), undefined);
    set('s1', 'edit', 1, { attention: 'hidden' });
    expect(set('s2', 'read', 2, { attention: 'hidden' })).toEqual(['+fry hidden']);
    expect(set('s2', 'read', 3, { attention: 'active' })).toEqual(['+fry', 'd edit@1 active']);
    expect(set('s2', 'read', 3, { unsaved: true })).toEqual(['d edit@1 unsaved active']);
    expect(told(tracker.end('s2'))).toEqual(['+fry hidden', 'd edit@1 hidden']);
    expect(told(tracker.clear('s1', 'd'))).toEqual(['+fry', 'd gone']);
    expect(told(tracker.clear('s1', 'd'))).toEqual([]);
  });

  it('tells how a person can be reached: by the most active tab, as tabs say it themselves', () => {
    tracker.connect('s1', fry, new Set(['w']), 'tab');
    expect(told(tracker.attend('s1', 'hidden', true))).toEqual(['+fry hidden desktop']);
    expect(told(tracker.attend('s1', 'hidden', undefined))).toEqual([]);
    expect(told(tracker.connect('s2', fry, new Set(['w']), undefined))).toEqual(['+fry desktop']);
    expect(told(tracker.attend('s2', 'idle', false))).toEqual(['+fry idle desktop']);
    // What it says of itself goes before what it says of a document.
    expect(set('s2', 'read', 1, { attention: 'active' })).toEqual(['d read@1 active']);
    expect(tracker.reachOf('s2')).toEqual({ attention: 'idle', desktop: false });
    tracker.hold('s1');
    expect(tracker.reachOf('s1')).toBeNull();
    expect(told(tracker.end('s2'))).toEqual(['+fry hidden desktop', 'd gone']);
    expect(told(tracker.connect('s3', fry, new Set(['w']), 'tab'))).toEqual([]);
    expect(tracker.reachOf('s3')).toEqual({ attention: 'hidden', desktop: true });
  });

  it('holds a dropped socket, and a tab that comes back goes on where it was', () => {
    tracker.connect('s1', fry, new Set(['w']), 'tab');
    set('s1', 'edit', 1, { unsaved: true, attention: 'idle' });
    tracker.hold('s1');
    expect(told(tracker.connect('s2', fry, new Set(['w']), 'tab'))).toEqual([]);
    const known = tracker.set('s2', { workspaceId: 'w', documentId: 'd', phase: 'edit' }, 900, 1);
    expect(told(known)).toEqual([]);
    expect(told(tracker.end('s1'))).toEqual([]);
    expect(told(tracker.end('s2'))).toEqual(['d gone', '-fry'].sort((a) => (a === '-fry' ? -1 : 1)));
  });

  it('lets a tab that comes back elsewhere leave where it was', () => {
    tracker.connect('s1', fry, new Set(['w']), 'tab');
    set('s1', 'read', 1);
    tracker.hold('s1');
    tracker.connect('s2', fry, new Set(['w']), 'tab');
    expect(set('s2', 'read', 2, {}, 'other')).toEqual(['other read@2 active', 'd gone']);
  });

  it('lets a tab that comes back say that it has left', () => {
    tracker.connect('s1', fry, new Set(['w']), 'tab');
    set('s1', 'read', 1);
    tracker.hold('s1');
    tracker.connect('s2', fry, new Set(['w']), 'tab');
    expect(told(tracker.clear('s2', 'd'))).toEqual(['d gone']);
  });

  it('takes nothing over from another tab, nor from another person', () => {
    tracker.connect('s1', fry, new Set(['w']), 'tab');
    tracker.connect('s2', user('leela'), new Set(['w']), 'tab');
    set('s1', 'read', 1);
    tracker.hold('s1');
    expect(set('s2', 'read', 2)).toEqual(['d read@2 active']);
    tracker.connect('s3', fry, new Set(['w']), 'another tab');
    expect(set('s3', 'read', 3, {}, 'other')).toEqual(['other read@3 active']);
  });

  it('ends what a person may no longer do', () => {
    tracker.connect('s1', fry, new Set(['w', 'v']), undefined);
    set('s1', 'edit', 1, { unsaved: true });
    tracker.set('s1', { workspaceId: 'v', documentId: 'e', phase: 'edit' }, 1, undefined);
    const viewer = tracker.restrict('s1', ['w', 'v'], (id) => id === 'v', 9);
    expect(told(viewer)).toEqual(['d read@9 active']);
    const gone = tracker.restrict('s1', ['v'], () => true, 10);
    expect([...gone.keys()]).toEqual(['w']);
    expect(told(gone)).toEqual(['-fry', 'd gone']);
    expect(tracker.documentsOf('s1')).toEqual([{ documentId: 'e', workspaceId: 'v' }]);
  });

  it('lets a person hand a document over, in every tab, also one that dropped', () => {
    for (const id of ['s1', 's2', 's3']) tracker.connect(id, fry, new Set(['w']), id);
    set('s1', 'edit', 1, { unsaved: true });
    set('s2', 'edit', 2, { attention: 'idle' });
    set('s3', 'read', 3);
    set('s1', 'edit', 4, {}, 'other');
    tracker.hold('s2');
    expect(told(tracker.yieldEdit('fry', 'd', 9))).toEqual(['d read@3 active']);
    expect(told(tracker.yieldEdit('fry', 'd', 10))).toEqual([]);
    expect(told(tracker.yieldEdit('nobody', 'd', 10))).toEqual([]);
    expect(set('s1', 'edit', 11)).toEqual(['d edit@11 active']);
  });

  it('empties a document that was deleted', () => {
    tracker.connect('s1', fry, new Set(['w']), undefined);
    tracker.connect('s2', user('leela'), new Set(['w']), undefined);
    tracker.connect('s3', fry, new Set(['w']), undefined);
    for (const id of ['s1', 's2', 's3']) set(id, 'read', 1);
    const { socketIds, changes } = tracker.removeDocument('d');
    expect(socketIds).toEqual(['s1', 's2', 's3']);
    expect(told(changes)).toEqual(['d gone', 'd gone']);
    expect(tracker.stayCount('s1')).toBe(0);
  });

  it('ignores sockets it does not know', () => {
    expect(set('nobody', 'read', 1)).toEqual([]);
    expect(told(tracker.clear('nobody', 'd'))).toEqual([]);
    expect(told(tracker.restrict('nobody', [], () => true, 1))).toEqual([]);
    tracker.hold('nobody');
  });

  it('has told the store, in the end, what its sockets say, whatever they did', () => {
    type Step =
      | { kind: 'connect'; socket: string; person: string; tab: string }
      | {
          kind: 'set';
          socket: string;
          documentId: string;
          phase: 'read' | 'edit';
          unsaved?: boolean | undefined;
        }
      | { kind: 'clear'; socket: string; documentId: string }
      | { kind: 'hold'; socket: string }
      | { kind: 'end'; socket: string }
      | { kind: 'yield'; person: string; documentId: string }
      | { kind: 'delete'; documentId: string };
    const socket = fc.constantFrom('s1', 's2', 's3', 's4');
    const documentId = fc.constantFrom('d1', 'd2');
    const step: fc.Arbitrary<Step> = fc.oneof(
      fc.record({
        kind: fc.constant('connect' as const),
        socket,
        person: fc.constantFrom('fry', 'leela'),
        tab: fc.constantFrom('t1', 't2'),
      }),
      fc.record({
        kind: fc.constant('set' as const),
        socket,
        documentId,
        phase: fc.constantFrom('read' as const, 'edit' as const),
        unsaved: fc.option(fc.boolean(), { nil: undefined }),
      }),
      fc.record({ kind: fc.constant('clear' as const), socket, documentId }),
      fc.record({ kind: fc.constant('hold' as const), socket }),
      fc.record({ kind: fc.constant('end' as const), socket }),
      fc.record({
        kind: fc.constant('yield' as const),
        person: fc.constantFrom('fry', 'leela'),
        documentId,
      }),
      fc.record({ kind: fc.constant('delete' as const), documentId }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const subject = new SocketTracker();
        const store = new Map<string, Entry>();
        const connected = new Set<string>();
        const live = new Map<string, string>();
        const take = (changes: ChangesByWorkspace) => {
          for (const change of [...changes.values()].flat()) apply(change);
        };
        const apply = (change: PresenceChange) => {
          if (change.kind === 'connection') {
            expect(connected.has(change.userId)).toBe(change.user === null);
            if (change.user) connected.add(change.userId);
            else connected.delete(change.userId);
            return;
          }
          const key = `${change.userId} ${change.documentId}`;
          expect(store.get(key) ?? null).not.toEqual(change.entry);
          if (change.entry) store.set(key, change.entry);
          else store.delete(key);
        };
        steps.forEach((one, now) => {
          if (one.kind === 'connect') {
            if (live.has(one.socket)) return;
            live.set(one.socket, one.person);
            take(subject.connect(one.socket, user(one.person), new Set(['w']), one.tab));
          } else if (one.kind === 'set')
            take(subject.set(one.socket, { workspaceId: 'w', ...one }, now, undefined));
          else if (one.kind === 'clear') take(subject.clear(one.socket, one.documentId));
          else if (one.kind === 'hold') subject.hold(one.socket);
          else if (one.kind === 'end') {
            live.delete(one.socket);
            take(subject.end(one.socket));
          } else if (one.kind === 'yield') take(subject.yieldEdit(one.person, one.documentId, now));
          else take(subject.removeDocument(one.documentId).changes);
          expect(connected).toEqual(new Set(live.values()));
          const inside = new Set<string>();
          for (const [id, person] of live) {
            for (const stay of subject.documentsOf(id)) inside.add(`${person} ${stay.documentId}`);
          }
          expect(new Set(store.keys())).toEqual(inside);
        });
        for (const id of live.keys()) take(subject.end(id));
        expect([store.size, connected.size]).toEqual([0, 0]);
        expect(mergeEntries(store.values())).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
