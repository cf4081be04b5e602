import {
  emptyPresenceView,
  foldDiff,
  foldSnapshot,
  hasGap,
  type PresenceDiff,
  type User,
} from '@doclight/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PresenceModel, pictureOfFold, pictureOfStore } from '../../testing/presence-model.js';
import type { Entry, GatewayChange, PresenceChange } from './presence-types.js';
import { type ChangesByWorkspace, SocketTracker } from './socket-tracker.js';
import { WorkspaceState } from './workspace-state.js';

const GATEWAYS = 3;
const user = (id: string): User => ({ id, name: id, color: '#1d4ed8' });

/** One socket as one would write it down first: where it is, and whether it dropped. */
interface NaiveSocket {
  readonly gateway: number;
  readonly userId: string;
  readonly tab: string;
  readonly stays: Map<string, Omit<Entry, 'user'>>;
  held: boolean;
}

interface Connect {
  kind: 'connect';
  socket: string;
  gateway: number;
  userId: string;
  tab: string;
}
interface SetStay {
  kind: 'set';
  socket: string;
  documentId: string;
  phase: Entry['phase'];
  unsaved?: boolean | undefined;
  attention?: Entry['attention'] | undefined;
}
type OfSocket =
  | SetStay
  | { kind: 'clear'; socket: string; documentId: string }
  | { kind: 'hold'; socket: string }
  | { kind: 'end'; socket: string };
type OfGateway = { kind: 'lapse'; gateway: number } | { kind: 'reassert'; gateway: number };
type Step = Connect | OfSocket | OfGateway;

const socket = fc.constantFrom('s1', 's2', 's3', 's4', 's5');
const documentId = fc.constantFrom('a', 'b');
const gateway = fc.nat(GATEWAYS - 1);
const kind = <K extends Step['kind']>(...kinds: K[]) => fc.constantFrom(...kinds);
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('connect'),
      socket,
      gateway,
      userId: fc.constantFrom('fry', 'leela'),
      tab: fc.constantFrom('t1', 't2'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kind('set'),
      socket,
      documentId,
      phase: fc.constantFrom<Entry['phase'][]>('read', 'edit'),
      unsaved: fc.option(fc.boolean(), { nil: undefined }),
      attention: fc.option(fc.constantFrom<Entry['attention'][]>('active', 'idle', 'hidden'), {
        nil: undefined,
      }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind('clear'), socket, documentId }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('hold', 'end'), socket }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('lapse', 'reassert'), gateway }) },
) as fc.Arbitrary<Step>;

/** Trackers of several gateways on one state, as the stores wire them, with a clock that is counted. */
class Wired {
  readonly state = new WorkspaceState('w');
  readonly frames: PresenceDiff[] = [];
  readonly sockets = new Map<string, NaiveSocket>();
  private readonly trackers = Array.from({ length: GATEWAYS }, () => new SocketTracker());
  /** What each gateway told since it began. */
  private readonly told = Array.from({ length: GATEWAYS }, () => new Map<string, PresenceChange>());
  /** A gateway's id changes when it tells everything again. */
  private readonly ids = Array.from({ length: GATEWAYS }, (_, i) => `g${i}`);
  private now = 0;

  perform(one: Step): void {
    this.now += 1;
    if (one.kind === 'connect') this.connect(one);
    else if (one.kind === 'lapse') this.lapse(one.gateway);
    else if (one.kind === 'reassert') this.reassert(one.gateway);
    else {
      const known = this.sockets.get(one.socket);
      if (known) this.on(one.socket, known, one);
    }
  }

  /** The picture that the sockets themselves make. */
  expected() {
    const model = new PresenceModel();
    for (const [id, { userId, stays }] of this.sockets) {
      model.tell(id, [
        { kind: 'connection', userId, user: user(userId) },
        ...[...stays].map(([document, facts]): PresenceChange => {
          return { kind: 'document', documentId: document, userId, entry: { user: user(userId), ...facts } };
        }),
      ]);
    }
    return model.picture();
  }

  private connect({ socket: id, gateway: at, userId, tab }: Connect): void {
    if (this.sockets.has(id)) return;
    this.sockets.set(id, { gateway: at, userId, tab, stays: new Map(), held: false });
    this.tell(at, this.trackers[at]?.connect(id, user(userId), new Set(['w']), tab));
  }

  private on(id: string, naive: NaiveSocket, one: OfSocket): void {
    const tracker = this.trackers[naive.gateway];
    const others = [...this.sockets.values()].filter((other) => {
      return (
        other.held &&
        other.gateway === naive.gateway &&
        other.userId === naive.userId &&
        other.tab === naive.tab
      );
    });
    if (one.kind === 'hold') {
      naive.held = true;
      tracker?.hold(id);
    } else if (one.kind === 'end') {
      this.sockets.delete(id);
      this.tell(naive.gateway, tracker?.end(id));
    } else if (one.kind === 'clear') {
      for (const { stays } of [naive, ...others]) stays.delete(one.documentId);
      this.tell(naive.gateway, tracker?.clear(id, one.documentId));
    } else this.set(id, naive, others, one);
  }

  private set(id: string, naive: NaiveSocket, others: NaiveSocket[], one: SetStay): void {
    const { documentId: document, phase } = one;
    const seen = this.state.entry(document, naive.userId);
    const knownSince = seen?.phase === phase ? seen.since : undefined;
    // What the same tab left when it dropped is its own again; a dropped socket that speaks is in no test.
    const inherited = others.map(({ stays }) => stays.get(document)).findLast((stay) => stay !== undefined);
    const stay = naive.stays.get(document) ?? inherited;
    for (const { stays } of others) stays.clear();
    naive.stays.set(document, {
      phase,
      since: stay?.phase === phase ? stay.since : (knownSince ?? this.now),
      unsaved: one.unsaved ?? stay?.unsaved ?? false,
      attention: one.attention ?? stay?.attention ?? 'active',
    });
    const { unsaved, attention } = one;
    const request = { workspaceId: 'w', documentId: document, phase, unsaved, attention };
    this.tell(naive.gateway, this.trackers[naive.gateway]?.set(id, request, this.now, knownSince));
  }

  /** The gateway is dead, and another one has removed all that it held; one with no past takes its place. */
  private lapse(at: number): void {
    for (const [id, naive] of this.sockets) if (naive.gateway === at) this.sockets.delete(id);
    this.trackers[at] = new SocketTracker();
    this.told[at] = new Map();
    this.apply(this.state.removals(this.ids[at] ?? ''));
  }

  /** The gateway tells everything again under a new id, in place of what it told under the old one. */
  private reassert(at: number): void {
    const removals = this.state.removals(this.ids[at] ?? '');
    const gatewayId = `g${at} ${this.now}`;
    this.ids[at] = gatewayId;
    const all = [...(this.told[at]?.values() ?? [])].map((change) => ({ ...change, gatewayId }));
    const frames = this.frames.length;
    this.apply([...removals, ...all]);
    expect(this.frames.slice(frames).flatMap(({ documents }) => documents)).toEqual([]);
  }

  private tell(at: number, changes: ChangesByWorkspace | undefined): void {
    const mine = changes?.get('w') ?? [];
    for (const change of mine) {
      const key = `${change.userId} ${change.kind === 'document' ? change.documentId : ''}`;
      const gone = change.kind === 'document' ? change.entry === null : change.user === null;
      if (gone) this.told[at]?.delete(key);
      else this.told[at]?.set(key, change);
    }
    if (mine.length > 0) this.apply(mine.map((change) => ({ ...change, gatewayId: this.ids[at] ?? '' })));
  }

  private apply(changes: readonly GatewayChange[]): void {
    const previous = this.state.version;
    const { version, totals, documents } = this.state.apply(changes, previous + 1);
    this.frames.push({ workspaceId: 'w', previous, version, totals, documents: [...documents] });
  }
}

describe('trackers and state, wired', () => {
  it('show what the sockets themselves make, after every step', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const wired = new Wired();
        for (const one of steps) {
          // A socket that dropped says nothing any more.
          if ('socket' in one && one.kind !== 'end' && wired.sockets.get(one.socket)?.held) continue;
          wired.perform(one);
          expect(pictureOfStore(wired.state)).toEqual(wired.expected());
        }
      }),
      { numRuns: 300 },
    );
  });

  it('give a client the same list, in whatever order the frames come and however often', () => {
    const stories = fc.record({
      steps: fc.array(step, { maxLength: 25, size: 'max' }),
      joinAt: fc.nat(10),
      order: fc.infiniteStream(fc.nat()),
    });
    fc.assert(
      fc.property(stories, ({ steps, joinAt, order }) => {
        const wired = new Wired();
        for (const one of steps.slice(0, joinAt)) wired.perform(one);
        const { version, totals, people } = wired.state;
        const snapshot = {
          version,
          totals,
          ...people,
          people: [],
          documents: [...wired.state.occupied()],
          truncated: false,
        };
        const earlier = wired.frames.length;
        for (const one of steps.slice(joinAt)) wired.perform(one);
        const frames = wired.frames.slice(earlier);
        // Every one at least once, some twice, in any order; also some from before the snapshot.
        const sent = [...frames, ...wired.frames.filter(() => (order.next().value ?? 0) % 3 === 0)]
          .map((frame) => ({ frame, place: order.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place);
        const view = sent.reduce(
          (is, { frame }) => foldDiff(is, frame),
          foldSnapshot(emptyPresenceView, snapshot),
        );
        const { people: _, ...expected } = pictureOfStore(wired.state);
        expect(hasGap(view)).toBe(false);
        expect(view.version).toBe(wired.state.version);
        expect(pictureOfFold(view)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
