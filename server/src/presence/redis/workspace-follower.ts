import type { Logger } from 'pino';
import type { GatewayChange, WorkspaceDelta } from '../core/presence-types.js';
import { WorkspaceState } from '../core/workspace-state.js';
import { decodeChange } from './fields.js';
import type { FeedMessage, PresenceScripts } from './presence-scripts.js';

/** A batch that does not follow on the one before waits this long, in milliseconds, for those between. */
const GAP_PATIENCE_MS = 100;
/** Whoever waits for a batch of its own to come round goes on after this long, in milliseconds. */
const REACH_PATIENCE_MS = 500;

interface Batch {
  readonly version: number;
  readonly previous: number;
  readonly changes: readonly GatewayChange[];
}

/**
 * Keeps one workspace's state in step with Redis: loads it, then applies the feed in the order of
 * versions. Anything that does not fit together is mended by loading again.
 */
export class WorkspaceFollower {
  readonly state: WorkspaceState;
  /** Batches that came before the one they follow on, by that one's version. */
  private readonly ahead = new Map<number, Batch>();
  private readonly waiting = new Set<{ version: number; resolve: () => void }>();
  private unfollow: (() => Promise<void>) | undefined;
  private inStep = false;
  private loading: Promise<void> | undefined;
  private gapTimer: NodeJS.Timeout | undefined;
  /** The version Redis had at the last check. */
  private seenVersion = 0;

  constructor(
    private readonly workspaceId: string,
    private readonly scripts: PresenceScripts,
    private readonly publish: (delta: WorkspaceDelta) => void,
    private readonly log: Logger,
  ) {
    this.state = new WorkspaceState(workspaceId);
  }

  /** Resolves when the state is in step. @throws where Redis does not answer */
  async ready(): Promise<void> {
    if (!this.inStep) await this.load();
  }

  /** Hears the feed and reads everything anew. */
  load(): Promise<void> {
    this.loading ??= this.loadNow().finally(() => {
      this.loading = undefined;
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
    this.publish(delta);
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

  /** Notices messages that were lost without another one after them to tell. */
  async check(): Promise<void> {
    if (!this.unfollow && !this.inStep) return;
    if (!this.inStep || this.state.version < this.seenVersion) {
      await this.stop();
      await this.load();
    }
    this.seenVersion = await this.scripts.version(this.workspaceId);
  }

  /** Stops to follow; `ready` begins again. */
  async stop(): Promise<void> {
    clearTimeout(this.gapTimer);
    this.gapTimer = undefined;
    this.inStep = false;
    const unfollow = this.unfollow;
    this.unfollow = undefined;
    await unfollow?.().catch((err) => this.log.debug({ err }, 'cannot unsubscribe'));
  }

  private async loadNow(): Promise<void> {
    // Hear first, then read: what comes in between is kept and applied after.
    this.unfollow ??= await this.scripts.follow(this.workspaceId, (message) => this.receive(message));
    const { version, fields } = await this.scripts.load(this.workspaceId);
    const changes = fields.map(([field, value]) => decodeChange(field, value));
    // What went on here alone may be ahead of the clock of Redis.
    const at = version >= this.state.version ? version : this.state.version + 1;
    const delta = this.state.replace(changes, at);
    this.inStep = true;
    this.publish(delta);
    queueMicrotask(() => this.advance());
  }

  private advance(): void {
    for (;;) {
      const next = this.ahead.get(this.state.version);
      if (!next) break;
      this.ahead.delete(next.previous);
      this.publish(this.state.apply(next.changes, next.version));
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
      if (this.ahead.size === 0) return;
      this.load().catch((err) => this.log.warn({ err }, 'cannot load a workspace; trying again'));
    }, GAP_PATIENCE_MS);
  }
}
