import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { RedisLink } from '../redis/redis-link.js';
import type { GatewayChange, PresenceChange, WorkspaceDelta } from './core/presence-types.js';
import {
  type Entered,
  LEASE_MS,
  type PresenceStore,
  RENEW_EVERY_MS,
  type WorkspaceView,
} from './presence.store.js';
import { encodeChange } from './redis/fields.js';
import { PresenceScripts } from './redis/presence-scripts.js';
import { WorkspaceFollower } from './redis/workspace-follower.js';
import { Told } from './told.js';

/** How long it takes until an outage is looked at again, in milliseconds. */
const RECOVER_MS = { first: 10, most: 250 };
/** After it has closed, a gateway's people are kept for this long, in milliseconds: the grace of a dropped socket. */
const HAND_OVER_MS = 4_000;
/** A workspace in which nobody is connected here is no longer followed after this long, in milliseconds. */
const UNFOLLOW_AFTER_MS = 60_000;

/** What this gateway is in one workspace. */
interface Membership {
  readonly told: Told;
  /** Set once the workspace is noted among those that this gateway may hold something in. */
  claimed: Promise<void> | undefined;
  /** Has written under the current id. */
  joined: boolean;
}

/**
 * Presence in Redis, for any number of gateways. See `PresenceStore` for what it promises.
 *
 * Redis is an index: each gateway keeps all that it told and writes it again, under a new id,
 * whenever Redis was out of reach, was emptied, or has removed it. Ids are never used twice, so a
 * command from before an outage that comes late writes under an id that is fenced off.
 */
export class RedisPresenceStore implements PresenceStore {
  private readonly scripts: PresenceScripts;
  private readonly followers = new Map<string, WorkspaceFollower>();
  private readonly memberships = new Map<string, Membership>();
  private readonly listeners = new Set<(delta: WorkspaceDelta) => void>();
  /** Workspaces to be written again before Redis is trusted. */
  private readonly dirty = new Set<string>();
  private gatewayId: string = randomUUID();
  /** Ids from before, whose entries may still be stored. */
  private readonly earlierIds = new Set<string>();
  private epoch: string | undefined;
  private state: 'down' | 'up' | 'closed' = 'down';
  private lastFault: string | null = 'not connected yet';
  /** Before this moment, in milliseconds, leases may have lapsed for want of Redis alone. */
  private reapFrom = Number.POSITIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private recovering: Promise<void> | undefined;

  constructor(
    redis: RedisLink,
    private readonly log: Logger,
  ) {
    this.scripts = new PresenceScripts(redis);
  }

  async open(): Promise<void> {
    this.timer = setInterval(() => void this.tick(), RENEW_EVERY_MS);
    await Promise.race([this.recover(), delay(LEASE_MS)]);
  }

  async close(): Promise<void> {
    const wasUp = this.state === 'up';
    this.state = 'closed';
    clearInterval(this.timer);
    // Whoever has not come back to another gateway by then is not coming.
    if (wasUp) {
      await this.scripts
        .renewLease(this.gatewayId, HAND_OVER_MS, '')
        .catch((err) => this.log.warn({ err }, 'the lease lapses by itself'));
    }
    await Promise.all([...this.followers.values()].map((follower) => follower.stop()));
  }

  async ready(workspaceId: string): Promise<void> {
    this.membership(workspaceId).told.touch();
    if (this.state !== 'up') return;
    try {
      await this.follower(workspaceId).ready();
    } catch (error) {
      this.lost(error);
    }
  }

  view(workspaceId: string): WorkspaceView {
    return this.follower(workspaceId).state;
  }

  follow(listener: (delta: WorkspaceDelta) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  fault(): string | null {
    return this.lastFault;
  }

  async apply(workspaceId: string, changes: readonly PresenceChange[]): Promise<Entered> {
    const follower = this.follower(workspaceId);
    const membership = this.membership(workspaceId);
    membership.told.remember(changes);
    if (this.state === 'up') {
      try {
        const entered = await this.write(workspaceId, follower, membership, changes);
        if (entered) return entered;
        this.lost(new Error('this gateway was removed, its lease had lapsed'));
      } catch (error) {
        this.lost(error);
      }
    }
    this.dirty.add(workspaceId);
    return follower.applyAlone(changes.map((change) => ({ ...change, gatewayId: this.gatewayId }))).entered;
  }

  /** @returns null where the gateway has been removed from the workspace */
  private async write(
    workspaceId: string,
    follower: WorkspaceFollower,
    membership: Membership,
    changes: readonly PresenceChange[],
  ): Promise<Entered | null> {
    const { gatewayId } = this;
    // All that wait here go on in the order in which they came.
    membership.claimed ??= this.scripts.claimWorkspace(gatewayId, workspaceId);
    await membership.claimed;
    const join = !membership.joined;
    membership.joined = true;
    const own: GatewayChange[] = changes.map((change) => ({ ...change, gatewayId }));
    const answer = await this.scripts.apply(
      workspaceId,
      gatewayId,
      join,
      follower.state.version,
      own.map(encodeChange),
    );
    if (answer === null) return null;
    const { version, previous, entered } = answer;
    follower.take({ version, previous, changes: own });
    await follower.reached(version);
    const fields = new Set(entered);
    return own.flatMap((change) => {
      if (change.kind !== 'document' || change.entry === null) return [];
      const [field] = encodeChange(change);
      return fields.has(field) ? [{ documentId: change.documentId, entry: change.entry }] : [];
    });
  }

  private membership(workspaceId: string): Membership {
    const known = this.memberships.get(workspaceId);
    if (known) return known;
    const membership = { told: new Told(), claimed: undefined, joined: false };
    this.memberships.set(workspaceId, membership);
    return membership;
  }

  /** Redis cannot be relied on: go on alone, and try to come back. */
  private lost(error: unknown): void {
    if (this.state !== 'up') return;
    this.state = 'down';
    this.lastFault = 'Redis does not answer';
    this.log.warn({ err: error }, 'presence goes on without Redis');
    void this.recover();
  }

  private recover(): Promise<void> {
    this.recovering ??= this.comeBack().finally(() => {
      this.recovering = undefined;
    });
    return this.recovering;
  }

  private async comeBack(): Promise<void> {
    for (let wait = RECOVER_MS.first; this.state === 'down'; wait = Math.min(wait * 2, RECOVER_MS.most)) {
      try {
        await this.assertAll();
        return;
      } catch (error) {
        this.lastFault = 'Redis does not answer';
        await delay(wait);
      }
    }
  }

  /** Takes a new id and writes everything that this gateway holds under it. */
  private async assertAll(): Promise<void> {
    const id = randomUUID();
    const { epoch } = await this.scripts.renewLease(id, LEASE_MS, randomUUID());
    this.earlierIds.add(this.gatewayId);
    this.gatewayId = id;
    this.epoch = epoch;
    for (const [workspaceId, membership] of this.memberships) {
      membership.claimed = undefined;
      membership.joined = false;
      this.dirty.add(workspaceId);
    }
    // What changes while this goes on makes its workspace dirty again.
    for (const workspaceId of this.dirty) {
      const membership = this.memberships.get(workspaceId);
      this.dirty.delete(workspaceId);
      if (!membership) continue;
      try {
        await this.assertWorkspace(workspaceId, membership, id);
      } catch (error) {
        this.dirty.add(workspaceId);
        throw error;
      }
    }
    if (this.state === 'closed') return;
    this.state = 'up';
    this.lastFault = null;
    this.earlierIds.clear();
    // After a pause of Redis all leases have lapsed together: give everyone the time to renew theirs.
    this.reapFrom = Date.now() + LEASE_MS;
    this.log.info('presence is in Redis');
    await Promise.all([...this.followers.values()].map((follower) => follower.load()));
  }

  private async assertWorkspace(workspaceId: string, membership: Membership, id: string): Promise<void> {
    membership.claimed = this.scripts.claimWorkspace(id, workspaceId);
    await membership.claimed;
    membership.joined = true;
    const { version } = this.follower(workspaceId).state;
    const fields = membership.told.all().map((change) => encodeChange({ ...change, gatewayId: id }));
    await this.scripts.replace(workspaceId, id, [...this.earlierIds], version, fields);
  }

  private async tick(): Promise<void> {
    if (this.state !== 'up') return;
    const { gatewayId } = this;
    try {
      const { epoch, stood, lapsed } = await this.scripts.renewLease(gatewayId, LEASE_MS, randomUUID());
      if (gatewayId !== this.gatewayId) return;
      if (epoch !== this.epoch) return this.lost(new Error('Redis was emptied'));
      if (!stood) return this.lost(new Error('the lease of this gateway had lapsed'));
      if (Date.now() >= this.reapFrom) for (const id of lapsed) await this.reap(id);
      for (const [workspaceId, follower] of this.followers) {
        if (this.isUnused(workspaceId)) await follower.stop();
        else await follower.check();
      }
    } catch (error) {
      this.lost(error);
    }
  }

  private isUnused(workspaceId: string): boolean {
    return this.membership(workspaceId).told.emptyForMs > UNFOLLOW_AFTER_MS;
  }

  /** Removes all that a dead gateway held. Several may do so at once: the second finds nothing. */
  private async reap(id: string): Promise<void> {
    const workspaceIds = await this.scripts.claimedWorkspaces(id);
    for (const workspaceId of workspaceIds) {
      await this.scripts.replace(workspaceId, null, [id], 0, []);
    }
    await this.scripts.forgetGateway(id);
    this.log.info(
      { gateway: id, workspaces: workspaceIds.length },
      'removed a gateway whose lease had lapsed',
    );
  }

  private follower(workspaceId: string): WorkspaceFollower {
    const known = this.followers.get(workspaceId);
    if (known) return known;
    const emit = (delta: WorkspaceDelta) => {
      for (const listener of this.listeners) listener(delta);
    };
    const follower = new WorkspaceFollower(workspaceId, this.scripts, emit, this.log);
    this.followers.set(workspaceId, follower);
    return follower;
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
