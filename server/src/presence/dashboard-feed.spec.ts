import {
  type DashboardSnapshot,
  type DocumentPresence,
  emptyPresenceView,
  foldDiff,
  foldSnapshot,
  hasGap,
  occupiedDocuments,
  type PresenceDiff,
  type PresenceView,
} from '@doclight/protocol';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Entry } from './core/presence-types.js';
import { WorkspaceState } from './core/workspace-state.js';
import { DashboardFeed, type FrameSink, WINDOW_MS } from './dashboard-feed.js';

/** A dashboard as a client has it: what it was answered and sent, folded, and the chain checked. */
class Dashboard {
  view: PresenceView = emptyPresenceView;
  holds = 0;
  readonly frames: PresenceDiff[] = [];

  joined(snapshot: DashboardSnapshot): void {
    this.view = foldSnapshot(emptyPresenceView, snapshot);
    this.holds = snapshot.version;
  }

  take(frame: PresenceDiff): void {
    expect(frame.previous, 'previous is what this dashboard was sent before').toBe(this.holds);
    expect(frame.version, 'a frame brings something new').toBeGreaterThan(frame.previous);
    this.holds = frame.version;
    this.frames.push(frame);
    this.view = foldDiff(this.view, frame);
  }
}

class World implements FrameSink {
  readonly state = new WorkspaceState('w');
  readonly feed = new DashboardFeed('w', this.state, this);
  readonly dashboards = new Map<string, Dashboard>();
  readonly told: DocumentPresence[] = [];
  frames = 0;
  private readonly room = new Set<string>();
  private version = 100;

  toAll(frame: PresenceDiff): void {
    this.frames += 1;
    for (const id of this.room) this.dashboard(id).take(frame);
  }
  toOne(socketId: string, frame: PresenceDiff): void {
    this.frames += 1;
    this.dashboard(socketId).take(frame);
  }
  admit(socketId: string): void {
    this.room.add(socketId);
  }
  dismiss(socketId: string): void {
    this.room.delete(socketId);
  }
  toDocument(presence: DocumentPresence): void {
    this.told.push(presence);
  }

  dashboard(id: string): Dashboard {
    const known = this.dashboards.get(id) ?? new Dashboard();
    this.dashboards.set(id, known);
    return known;
  }

  join(id: string, documentIds?: readonly string[]): Dashboard {
    const dashboard = this.dashboard(id);
    dashboard.joined(this.feed.join(id, documentIds));
    return dashboard;
  }

  leave(id: string): void {
    this.feed.leave(id);
    this.dashboards.delete(id);
  }

  set(documentId: string, phase: Entry['phase'] | 'free', userId = 'u'): void {
    this.version += 1;
    const user = { id: userId, name: userId, color: '#000000' };
    const entry: Entry = {
      user,
      phase: phase as Entry['phase'],
      since: 1,
      unsaved: false,
      attention: 'active',
    };
    this.feed.push(
      this.state.apply(
        [{ kind: 'document', gatewayId: 'g', documentId, userId, entry: phase === 'free' ? null : entry }],
        this.version,
      ),
    );
  }

  /** Somebody connects: the version grows, and no document changes. */
  connect(userId: string): void {
    this.version += 1;
    const user = { id: userId, name: userId, color: '#000000' };
    this.feed.push(this.state.apply([{ kind: 'connection', gatewayId: 'g', userId, user }], this.version));
  }
}

describe('DashboardFeed', () => {
  let world: World;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
    world = new World();
  });
  afterEach(() => {
    world.feed.stop();
    vi.useRealTimers();
  });

  it('sends the first change at once, and folds those within a window into one frame', () => {
    vi.advanceTimersByTime(1_000);
    const dashboard = world.join('a');
    world.set('d1', 'read');
    vi.advanceTimersByTime(1);
    expect(dashboard.frames).toHaveLength(1);
    for (let index = 0; index < 20; index += 1) world.set(`d${index}`, 'edit');
    world.set('d1', 'free');
    vi.advanceTimersByTime(WINDOW_MS - 2);
    expect(dashboard.frames).toHaveLength(1);
    vi.advanceTimersByTime(2);
    expect(dashboard.frames).toHaveLength(2);
    expect(dashboard.frames[1]?.documents).toHaveLength(20);
    expect(dashboard.frames[1]?.totals).toEqual({ reading: 0, editing: 19 });
  });

  it('makes one frame for all, however many watch', () => {
    for (let index = 0; index < 50; index += 1) world.join(`a${index}`);
    world.set('d', 'read');
    vi.advanceTimersByTime(WINDOW_MS);
    expect(world.frames).toBe(1);
    expect(world.dashboard('a49').frames).toHaveLength(1);
  });

  it('tells the people in a document whether or not anybody watches', () => {
    world.set('d', 'read');
    vi.advanceTimersByTime(WINDOW_MS);
    expect(world.told).toMatchObject([{ documentId: 'd', status: 'read' }]);
  });

  it('sends nothing to a dashboard that has left', () => {
    const dashboard = world.join('a');
    world.set('d', 'read');
    world.feed.leave('a');
    vi.advanceTimersByTime(WINDOW_MS);
    expect(dashboard.frames).toEqual([]);
  });

  it('lists at most a thousand documents, edited ones first', () => {
    for (let index = 0; index < 1_005; index += 1) world.set(`d${index}`, index < 1_000 ? 'read' : 'edit');
    const snapshot = world.feed.join('a', undefined);
    expect([snapshot.documents.length, snapshot.truncated]).toEqual([1_000, true]);
    expect(snapshot.documents.filter(({ status }) => status === 'edit')).toHaveLength(5);
    expect(snapshot.totals).toEqual({ reading: 1_000, editing: 5 });
    expect(world.feed.join('a', ['d3', 'd3', 'nothing'])).toMatchObject({
      documents: [{ documentId: 'd3' }],
      truncated: false,
    });
  });

  it('tells a filtered dashboard of its own documents, and of totals', () => {
    const dashboard = world.join('a', ['mine']);
    world.set('other', 'edit');
    vi.advanceTimersByTime(1_000);
    expect(dashboard.frames).toMatchObject([{ documents: [], totals: { reading: 0, editing: 1 } }]);
    world.set('other', 'edit', 'somebody else');
    vi.advanceTimersByTime(1_000);
    expect(dashboard.frames).toHaveLength(1);
    world.set('mine', 'read');
    vi.advanceTimersByTime(1_000);
    expect(dashboard.frames[1]).toMatchObject({
      documents: [{ documentId: 'mine' }],
      totals: { reading: 1, editing: 1 },
    });
  });

  it('tells totals that came back to an old value while nobody was filtered', () => {
    world.set('other', 'edit');
    vi.advanceTimersByTime(1_000);
    const dashboard = world.join('a', ['mine']);
    expect(dashboard.view.totals).toEqual({ reading: 0, editing: 1 });
    world.set('other', 'free');
    vi.advanceTimersByTime(1_000);
    expect(dashboard.view.totals).toEqual({ reading: 0, editing: 0 });
  });

  it('says with every frame what the dashboard was sent before, whenever it joined', () => {
    const documentId = fc.nat(7).map((index) => `d${index}`);
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.constant('set' as const), documentId, fc.nat(2)) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('connect' as const), name, fc.nat(9)) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('join' as const), name, fc.nat(9)) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('leave' as const), name, fc.nat(9)) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('wait' as const), name, fc.nat(120)) },
    );
    const filters: (readonly string[] | undefined)[] = [undefined, undefined, ['d0', 'd1', 'd2'], ['d7'], []];
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const story = new World();
        const shows = new Map<string, readonly string[] | undefined>();
        for (const [kind, subject, number] of steps) {
          if (kind === 'set') story.set(subject, (['read', 'edit', 'free'] as const)[number] ?? 'free');
          else if (kind === 'connect') story.connect(`p${number}`);
          else if (kind === 'leave') {
            story.leave(subject);
            shows.delete(subject);
          } else if (kind === 'join') {
            const filter = filters[number % filters.length];
            shows.set(subject, filter);
            story.join(subject, filter);
          } else vi.advanceTimersByTime(number);
        }
        vi.advanceTimersByTime(1_000);
        for (const [id, filter] of shows) {
          const { view } = story.dashboard(id);
          expect(hasGap(view)).toBe(false);
          expect(view.totals).toEqual(story.state.totals);
          const expected = [...story.state.occupied()].filter(
            (one) => filter?.includes(one.documentId) ?? true,
          );
          const order = (a: DocumentPresence, b: DocumentPresence) => (a.documentId < b.documentId ? -1 : 1);
          expect(occupiedDocuments(view).sort(order)).toEqual(expected.sort(order));
        }
        story.feed.stop();
      }),
      { numRuns: 500 },
    );
  });
});
