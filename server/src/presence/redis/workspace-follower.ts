import type { GatewayChange, WorkspaceDelta } from '../core/presence-types.js';
import { WorkspaceState } from '../core/workspace-state.js';
import { decodeChange } from './fields.js';
import type { Feed, FeedMessage, PresenceScripts } from './presence-scripts.js';

/** A batch that does not follow on the one before waits this long, in milliseconds, for those between. */
const GAP_PATIENCE_MS = 100;
/** Whoever waits for a batch of its own to come round goes on after this long, in milliseconds. */
const REACH_PATIENCE_MS = 500;

interface Batch {
  readonly version: number;
  readonly previous: number;
  readonly changes: readonly GatewayChange[];
}

/** What a follower needs of its gateway. */
export interface FollowerOwner {
  /**
   * Under which id the gateway is known in Redis, and whether it has written in the workspace, so
   * that it must be known there. Null: Redis cannot be relied on now, and the gateway goes on alone.
   */
  self(): { readonly id: string; readonly joined: boolean } | null;
  publish(delta: WorkspaceDelta): void;
  /** What is stored could not be read, or lacks this gateway, when it was known under `id`. */
  lost(error: unknown, id: string): void;
}

/**
 * Keeps one workspace's state in step with Redis: loads it, then applies the feed in the order of
 * versions. Anything that does not fit together is mended by loading again.
 */
export class WorkspaceFollower {
  readonly state: WorkspaceState;
  private readonly feed: Feed;
  /** Batches that came before the one they follow on, by that one's version. */
  private readonly ahead = new Map<number, Batch>();
  private readonly waiting = new Set<{ version: number; resolve: () => void }>();
  private heard = false;
  private inStep = false;
  private loading: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;
  private gapTimer: NodeJS.Timeout | undefined;
  /** The version Redis had at the last check. */
  private seenVersion = 0;

  constructor(
    private readonly workspaceId: string,
    private readonly scripts: PresenceScripts,
    private readonly owner: FollowerOwner,
  ) {
    this.state = new WorkspaceState(workspaceId);
    const known = (): number => this.state.version;
    this.feed = scripts.feed(workspaceId, known, (message) => this.receive(message));
  }

  /** Resolves when the state is in step. @throws where Redis does not answer, or lacks this gateway */
  async ready(): Promise<void> {
    await this.stopping;
    if (!this.inStep) await this.load();
  }

  /** Hears the feed and reads everything anew, also where that is under way already. @throws as `ready` */
  async reload(): Promise<void> {
    await this.loading?.catch(() => {});
    await this.load();
  }

  private load(): Promise<void> {
    this.loading ??= this.loadNow().finally(() => {
      this.loading = undefined;
      this.advance();
    });
    return this.loading;
  }

  /** Takes in a batch from the feed. */
  private receive({ version, previous, fields }: FeedMessage): void {
    this.take({ version, previous, changes: fields.map(([field, value]) => decodeChange(field, value)) });
  }

  /** Takes in a batch, wherever it came from; one that is known already is dropped. */
  take(batch: Batch): void {
    if (batch.version <= this.state.version) return;
    this.ahead.set(batch.previous, batch);
    if (!this.loading) this.advance();
  }

  /** Applies changes of this gateway that Redis cannot be told of now. */
  applyAlone(changes: readonly GatewayChange[]): WorkspaceDelta {
    this.inStep = false;
    const delta = this.state.apply(changes, Math.max(this.state.version + 1, Date.now() * 1000));
    this.owner.publish(delta);
    return delta;
  }

  /** Resolves when the state has a version, or when it takes too long for anyone to wait. */
  async reached(version: number): Promise<void> {
    if (this.state.version >= version) return;
    await new Promise<void>((resolve) => {
      const waiter = { version, resolve };
      this.waiting.add(waiter);
      setTimeout(() => {
        this.waiting.delete(waiter);
        resolve();
      }, REACH_PATIENCE_MS).unref();
    });
  }

  /**
   * Notices messages that were lost without another one after them to tell.
   * @returns the gateways that may write here
   * @throws as `ready`
   */
  async check(): Promise<string[]> {
    if (!this.heard && !this.inStep) return [];
    if (!this.inStep || this.state.version < this.seenVersion) {
      await this.stop();
      await this.load();
    }
    const { version, gatewayIds } = await this.scripts.check(this.workspaceId);
    this.seenVersion = version;
    return gatewayIds;
  }

  /** Stops to follow; `ready` begins again. */
  stop(): Promise<void> {
    this.stopping ??= this.stopNow().finally(() => {
      this.stopping = undefined;
    });
    return this.stopping;
  }

  private async stopNow(): Promise<void> {
    await this.loading?.catch(() => {});
    clearTimeout(this.gapTimer);
    this.gapTimer = undefined;
    this.inStep = false;
    if (!this.heard) return;
    this.heard = false;
    // Where it fails, the subscription goes on unheeded.
    await this.feed.close().catch(() => {});
  }

  private async loadNow(): Promise<void> {
    await this.stopping;
    // Hear first, then read: what comes in between is kept and applied after.
    if (!this.heard) await this.feed.open();
    this.heard = true;
    const { version, fields } = await this.read();
    const changes = fields.map(([field, value]) => decodeChange(field, value));
    // What went on here alone may be ahead of the clock of Redis.
    const before = this.state.version;
    const delta = this.state.replace(changes, version >= before ? version : before + 1);
    this.inStep = true;
    if (delta.version > before) this.owner.publish(delta);
  }

  /**
   * Reads what is stored, by the id that the gateway has then and still has after. Waits for nothing but
   * Redis: a `stop` may be waiting for this.
   */
  private async read(): ReturnType<PresenceScripts['load']> {
    for (;;) {
      const self = this.owner.self();
      if (self === null) throw new Error('Redis cannot be relied on');
      const stored = await this.scripts.load(this.workspaceId, self.id);
      // Never take over what lacks our own people: they are to be written again first.
      if (self.id !== this.owner.self()?.id) continue;
      if (self.joined && !stored.member)
        throw new Error('Redis was emptied, or this gateway removed from it');
      return stored;
    }
  }

  private advance(): void {
    for (;;) {
      const next = this.ahead.get(this.state.version);
      if (!next) break;
      this.ahead.delete(next.previous);
      this.owner.publish(this.state.apply(next.changes, next.version));
    }
    const { version } = this.state;
    for (const [previous, batch] of this.ahead) if (batch.version <= version) this.ahead.delete(previous);
    for (const waiter of this.waiting) {
      if (waiter.version > version) continue;
      this.waiting.delete(waiter);
      waiter.resolve();
    }
    this.watchGap();
  }

  private watchGap(): void {
    if (this.ahead.size === 0) {
      clearTimeout(this.gapTimer);
      this.gapTimer = undefined;
      return;
    }
    this.gapTimer ??= setTimeout(() => {
      this.gapTimer = undefined;
      const self = this.owner.self();
      if (this.ahead.size === 0 || self === null) return;
      this.load().catch((error) => this.owner.lost(error, self.id));
    }, GAP_PATIENCE_MS);
  }
}
