import type { DocumentPresence, PresenceDiff } from '@doclight/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Entry } from './core/presence-types.js';
import { WorkspaceState } from './core/workspace-state.js';
import { DashboardFeed, type FrameSink, WINDOW_MS } from './dashboard-feed.js';
import { FeedMeter, FeedStats } from './feed-stats.js';

const user = { id: 'fry', name: 'Fry', color: '#c2410c' };
const entry = (since: number): Entry => ({
  user,
  phase: 'read',
  since,
  unsaved: false,
  attention: 'active',
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A workspace whose frames go nowhere. */
class Desk implements FrameSink {
  readonly state = new WorkspaceState('w');
  readonly stats = new FeedStats();
  readonly feed = new DashboardFeed('w', this.state, this, new FeedMeter(this.stats));
  private version = 1_000;

  /** Something changes in each of these documents, in a batch of its own. */
  change(...documentIds: string[]): void {
    for (const documentId of documentIds) {
      this.version += 1;
      const change = { gatewayId: 'g', documentId, userId: user.id, entry: entry(this.version) };
      this.feed.push(this.state.apply([{ kind: 'document', ...change }], this.version));
    }
  }

  toAll(_frame: PresenceDiff): void {}
  toOne(_socketId: string, _frame: PresenceDiff): void {}
  admit(_socketId: string): void {}
  dismiss(_socketId: string): void {}
  toDocument(_presence: DocumentPresence): void {}
}

it('counts what came in, frames, and to how many dashboards each went', () => {
  const desk = new Desk();
  desk.feed.join('one', undefined);
  desk.feed.join('two', undefined);
  desk.feed.join('filtered', ['a']);
  expect(desk.feed.size).toBe(3);
  desk.change('a', 'a', 'b', 'b');
  vi.advanceTimersByTime(WINDOW_MS);
  // Two see all four changes in one frame that they share, the third sees one document.
  expect(desk.stats).toMatchObject({ changes: 4, frames: 2, frameDeliveries: 3, changeDeliveries: 9 });
  expect(desk.stats.frameDelays.read()).toMatchObject([{ count: 1 }]);
  desk.feed.leave('filtered');
  desk.change('b');
  vi.advanceTimersByTime(WINDOW_MS);
  expect(desk.stats).toMatchObject({ changes: 5, frames: 3, frameDeliveries: 5, changeDeliveries: 11 });
  expect(desk.stats.frameDelays.read()).toMatchObject([{ count: 2 }]);
});

it('measures from the first change of a window, and nothing where nobody watches', () => {
  const desk = new Desk();
  desk.change('a');
  vi.advanceTimersByTime(WINDOW_MS);
  expect(desk.stats).toMatchObject({ changes: 1, frames: 0 });
  expect(desk.stats.frameDelays.read()).toEqual([]);
  desk.feed.join('one', undefined);
  vi.advanceTimersByTime(WINDOW_MS);
  // The first one goes out at once, the next ones together when its window is over.
  desk.change('a');
  vi.advanceTimersByTime(10);
  desk.change('b');
  vi.advanceTimersByTime(10);
  desk.change('a');
  vi.advanceTimersByTime(WINDOW_MS);
  const [delays] = desk.stats.frameDelays.read();
  expect(delays?.count).toBe(2);
  expect(delays?.sum).toBeCloseTo((WINDOW_MS - 10) / 1_000);
});
