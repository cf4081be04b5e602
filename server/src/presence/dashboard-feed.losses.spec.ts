import {
  emptyPresenceView,
  foldDiff,
  foldSnapshot,
  hasGap,
  type PresenceDiff,
  type PresenceView,
} from '@doclight/protocol';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Picture, pictureOfFold, pictureOfStore } from '../testing/presence-model.js';
import { WorkspaceState } from './core/workspace-state.js';
import { DashboardFeed, type FrameSink } from './dashboard-feed.js';

const DOCUMENTS = ['a', 'b', 'c', 'd'];
const FILTERS: readonly (readonly string[] | undefined)[] = [undefined, undefined, ['a', 'b'], ['d']];

/** A dashboard behind a wire that loses frames. */
class Client {
  view: PresenceView = emptyPresenceView;
  /** Frames to lose from now on. */
  losing = 0;
  /** A frame was lost since the last answer to a join. */
  lost = false;
  rejoins = 0;

  constructor(
    readonly id: string,
    readonly documentIds: readonly string[] | undefined,
    private readonly feed: DashboardFeed,
  ) {}

  join(): void {
    this.view = foldSnapshot(this.view, this.feed.join(this.id, this.documentIds));
    this.lost = false;
  }

  take(frame: PresenceDiff): void {
    if (this.losing > 0) {
      this.losing -= 1;
      this.lost = true;
      return;
    }
    this.view = foldDiff(this.view, frame);
    expect(hasGap(this.view), 'a gap is seen where a frame was lost, and nowhere else').toBe(this.lost);
    if (!this.lost) return;
    this.rejoins += 1;
    this.join();
  }
}

class World implements FrameSink {
  readonly state = new WorkspaceState('w');
  readonly feed = new DashboardFeed('w', this.state, this);
  readonly clients = FILTERS.map((documentIds, i) => new Client(`c${i}`, documentIds, this.feed));
  private readonly room = new Set<string>();
  private version = 100;

  toAll(frame: PresenceDiff): void {
    // Who joins again on the way is let in anew, and has been answered with this one.
    for (const id of [...this.room]) this.toOne(id, frame);
  }
  toOne(socketId: string, frame: PresenceDiff): void {
    this.clients.find(({ id }) => id === socketId)?.take(frame);
  }
  admit(socketId: string): void {
    this.room.add(socketId);
  }
  dismiss(socketId: string): void {
    this.room.delete(socketId);
  }
  toDocument(): void {}

  change(documentId: string, phase: 'read' | 'edit' | 'free', userId: string): void {
    this.version += 1;
    const entry =
      phase === 'free'
        ? null
        : {
            user: { id: userId, name: userId, color: '#1d4ed8' },
            phase,
            since: this.version,
            unsaved: false,
            attention: 'active' as const,
          };
    const change = { kind: 'document' as const, gatewayId: 'g', documentId, userId, entry };
    this.feed.push(this.state.apply([change], this.version));
  }

  /** What a dashboard should show. */
  shown(documentIds: readonly string[] | undefined): Picture {
    const { documents, totals } = pictureOfStore(this.state);
    const some = Object.entries(documents).filter(([id]) => documentIds?.includes(id) ?? true);
    return { documents: Object.fromEntries(some), totals };
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells every dashboard of a frame that was lost by the next one, whatever it shows', () => {
  const client = fc.nat(FILTERS.length - 1);
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('change' as const),
        documentId: fc.constantFrom(...DOCUMENTS),
        phase: fc.constantFrom('read' as const, 'edit' as const, 'free' as const),
        userId: fc.constantFrom('fry', 'leela'),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(120) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('lose' as const),
        client,
        frames: fc.integer({ min: 1, max: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('join' as const), client }) },
  );
  let noticed = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const world = new World();
      for (const one of world.clients) one.join();
      for (const one of steps) {
        if (one.kind === 'change') world.change(one.documentId, one.phase, one.userId);
        else if (one.kind === 'wait') vi.advanceTimersByTime(one.ms);
        else {
          const subject = world.clients[one.client];
          if (one.kind === 'join') subject?.join();
          else if (subject) subject.losing = one.frames;
        }
      }
      vi.advanceTimersByTime(1_000);
      for (const one of world.clients) one.losing = 0;
      // One more frame for everybody: it shows those who lost the last one that they did.
      for (const documentId of DOCUMENTS) world.change(documentId, 'edit', 'zoidberg');
      vi.advanceTimersByTime(1_000);
      for (const { view, documentIds, rejoins } of world.clients) {
        expect(pictureOfFold(view)).toEqual(world.shown(documentIds));
        noticed += rejoins;
      }
      world.feed.stop();
    }),
    { numRuns: 300 },
  );
  expect(noticed).toBeGreaterThan(0);
});
