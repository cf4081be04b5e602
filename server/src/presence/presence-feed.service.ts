import type { DashboardSnapshot } from '@doclight/protocol';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Broadcaster } from '../realtime/broadcaster.js';
import type { WorkspaceDelta } from './core/presence-types.js';
import { DashboardFeed } from './dashboard-feed.js';
import { FeedMeter, FeedStats } from './feed-stats.js';
import { PeopleFeed } from './people-feed.js';
import { PRESENCE_STORE, type PresenceStore } from './presence.store.js';
import { PresenceJson } from './presence-json.js';

interface WorkspaceFeeds {
  readonly dashboards: DashboardFeed;
  readonly people: PeopleFeed;
}

/** Follows the store and brings what changed to this gateway's own screens. */
@Injectable()
export class PresenceFeedService implements OnModuleInit, OnModuleDestroy {
  /** For whoever operates the server. */
  readonly stats = new FeedStats();
  private readonly feeds = new Map<string, WorkspaceFeeds>();
  private unfollow: (() => void) | undefined;

  constructor(
    @Inject(PRESENCE_STORE) private readonly store: PresenceStore,
    private readonly broadcaster: Broadcaster,
  ) {}

  onModuleInit(): void {
    this.unfollow = this.store.follow((delta) => this.push(delta));
  }

  onModuleDestroy(): void {
    this.unfollow?.();
    for (const { dashboards, people } of this.feeds.values()) {
      dashboards.stop();
      people.stop();
    }
  }

  /** Dashboards that follow here, and documents that somebody reads or edits in the workspaces of people here. */
  now(): { dashboards: number; reading: number; editing: number } {
    const now = { dashboards: 0, reading: 0, editing: 0 };
    for (const [workspaceId, { dashboards }] of this.feeds) {
      // What nobody here is told of may no longer be followed.
      if (!this.broadcaster.hasWorkspaceAudience(workspaceId)) continue;
      const { reading, editing } = this.store.view(workspaceId).totals;
      now.dashboards += dashboards.size;
      now.reading += reading;
      now.editing += editing;
    }
    return now;
  }

  /** Resolves when what `joinDashboard` answers is what all gateways know. */
  ready(workspaceId: string): Promise<void> {
    return this.store.ready(workspaceId);
  }

  /** Answers who is where, and subscribes the socket to what changes. Rights are the caller's to check. */
  joinDashboard(
    socketId: string,
    workspaceId: string,
    documentIds: readonly string[] | undefined,
  ): DashboardSnapshot {
    return this.of(workspaceId).dashboards.join(socketId, documentIds);
  }

  leaveDashboard(socketId: string, workspaceId: string): void {
    this.feeds.get(workspaceId)?.dashboards.leave(socketId);
  }

  /** A socket is gone, or has lost these workspaces. */
  leave(socketId: string, workspaceIds: Iterable<string>): void {
    for (const workspaceId of workspaceIds) {
      this.leaveDashboard(socketId, workspaceId);
      this.feeds.get(workspaceId)?.people.forget(socketId);
    }
  }

  /** Tells a socket how many people are active in its workspaces. */
  sendCounts(socketId: string, workspaceIds: Iterable<string>): void {
    for (const workspaceId of workspaceIds) {
      this.of(workspaceId).people.welcome(socketId);
    }
  }

  private push(delta: WorkspaceDelta): void {
    const { dashboards, people } = this.of(delta.workspaceId);
    dashboards.push(delta);
    if (delta.people) people.changed();
  }

  private of(workspaceId: string): WorkspaceFeeds {
    const known = this.feeds.get(workspaceId);
    if (known) return known;
    const view = this.store.view(workspaceId);
    const json = new PresenceJson();
    const feeds = {
      dashboards: new DashboardFeed(
        workspaceId,
        view,
        {
          toAll: (frame) => this.broadcaster.toDashboards(workspaceId, json.diff(frame)),
          toOne: (socketId, frame) => this.broadcaster.toDashboard(socketId, json.diff(frame)),
          admit: (socketId) => this.broadcaster.joinDashboard(socketId, workspaceId),
          dismiss: (socketId) => this.broadcaster.leaveDashboard(socketId, workspaceId),
          toDocument: (presence) => {
            json.changed(presence);
            this.broadcaster.toReaders(presence.documentId, () => json.document(presence));
          },
        },
        new FeedMeter(this.stats),
      ),
      people: new PeopleFeed(workspaceId, () => view.people, {
        toAll: (count, except) => this.broadcaster.toWorkspace(workspaceId, 'users:count', count, except),
        toOne: (socketId, count) => this.broadcaster.toSocket(socketId, 'users:count', count),
      }),
    };
    this.feeds.set(workspaceId, feeds);
    return feeds;
  }
}
