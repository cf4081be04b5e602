import {
  emptyPresenceView,
  foldDiff,
  foldSnapshot,
  hasGap,
  type PresenceDiff,
  type PresenceView,
} from '@doclight/protocol';
import { DashboardFeed, type FrameSink } from '../presence/dashboard-feed.js';
import type { PresenceStore } from '../presence/presence.store.js';

/**
 * A dashboard on a gateway's store, as a browser has it: folds what it is sent, and joins again where
 * `previous` tells that something is missing.
 */
export class PresenceScreen implements FrameSink {
  view: PresenceView = emptyPresenceView;
  /** Every version it was sent, in order. */
  readonly versions: number[] = [];
  /** How often it had to join again. */
  rejoins = 0;
  private readonly feed: DashboardFeed;
  private readonly unfollow: () => void;

  /** @param documentIds the documents that it shows; left out: all */
  constructor(
    store: PresenceStore,
    workspaceId: string,
    private readonly documentIds?: readonly string[],
  ) {
    this.feed = new DashboardFeed(workspaceId, store.view(workspaceId), this);
    this.unfollow = store.follow((delta) => {
      if (delta.workspaceId === workspaceId) this.feed.push(delta);
    });
    this.join();
  }

  close(): void {
    this.unfollow();
    this.feed.stop();
  }

  toAll(frame: PresenceDiff): void {
    this.take(frame);
  }

  toOne(_: string, frame: PresenceDiff): void {
    this.take(frame);
  }

  admit(): void {}
  dismiss(): void {}
  toDocument(): void {}

  private join(): void {
    const snapshot = this.feed.join('screen', this.documentIds);
    this.versions.push(snapshot.version);
    this.view = foldSnapshot(this.view, snapshot);
  }

  private take(frame: PresenceDiff): void {
    this.versions.push(frame.version);
    this.view = foldDiff(this.view, frame);
    if (!hasGap(this.view)) return;
    this.rejoins += 1;
    this.join();
  }
}
