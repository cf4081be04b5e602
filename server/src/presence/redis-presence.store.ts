import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { inParallel } from '../common/in-parallel.js';
import { withoutLogContext } from '../common/log-context.js';
import type { RedisLink } from '../redis/redis-link.js';
import type { PresenceChange, WorkspaceDelta } from './core/presence-types.js';
import {
  type Entered,
  LEASE_MS,
  type PresenceStore,
  RENEW_EVERY_MS,
  type WorkspaceView,
} from './presence.store.js';
import { encodeChange } from './redis/fields.js';
import { Orphans } from './redis/orphans.js';
import { PresenceScripts } from './redis/presence-scripts.js';
import { WorkspaceFollower } from './redis/workspace-follower.js';
import { WriteQueue } from './redis/write-queue.js';
import { Told } from './told.js';

/** How long it takes until an outage is looked at again, in milliseconds. */
const RECOVER_MS = { first: 10, most: 250 };
/** After it has closed, a gateway's people are kept for this long, in milliseconds: the grace of a dropped socket. */
const HAND_OVER_MS = 4_000;
/** A workspace in which nobody is connected here is no longer followed after this long, in milliseconds. */
const UNFOLLOW_AFTER_MS = 60_000;

/** Workspaces that are written again at the same time, after an outage. */
const ASSERT_AT_ONCE = 50;
/**
 * Workspaces that Redis is asked for at the same time. A gateway can follow ten thousand: asked for all at once,
 * the last would be answered after its command was given up, and the gateway would take Redis for lost.
 */
const ASK_AT_ONCE = 50;

/** A change as Redis has it. */
interface Written {
  readonly version: number;
  /** It brought somebody into a document in which no gateway had them. */
  readonly entered: boolean;
}

/** What this gateway is in one workspace. */
interface Membership {
  readonly told: Told;
  writes: WriteQueue<PresenceChange, Written>;
  /** Settles when the workspace is noted among those that this gateway may hold something in, and is loaded. */
  prepared: Promise<unknown> | undefined;
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
  readonly reaped = { gateways: 0, entries: 0 };
  private readonly scripts: PresenceScripts;
  private readonly orphans = new Orphans(LEASE_MS);
  private readonly followers = new Map<string, WorkspaceFollower>();
  private readonly memberships = new Map<string, Membership>();
  private readonly listeners = new Set<(delta: WorkspaceDelta) => void>();
  /** Workspaces to be written again before Redis is trusted. */
  private readonly dirty = new Set<string>();
  private gatewayId: string = randomUUID();
  /** Nothing was ever written under it. */
  private nextId: string = randomUUID();
  /** Ids from before, whose entries may still be stored. */
  private readonly earlierIds = new Set<string>();
  private epoch: string | undefined;
  private state: 'down' | 'up' | 'closed' = 'down';
  private lastFault: string | null = 'not connected yet';
  /** Before this moment, in milliseconds of `performance.now()`, leases may have lapsed for want of Redis alone. */
  private reapFrom = Number.POSITIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private recovering: Promise<void> | undefined;
  private checking: Promise<void> | undefined;

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
    const follower = this.follower(workspaceId);
    const { gatewayId } = this;
    try {
      if (this.state === 'up') await follower.ready();
    } catch (error) {
      this.lost(error, gatewayId);
    }
    // Nothing has been heard of it: what is shown is still newer than what was shown before a restart.
    if (follower.state.version === 0) follower.applyAlone([]);
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
    const membership = this.membership(workspaceId);
    membership.told.remember(changes);
    if (this.state === 'up') {
      try {
        const written = await membership.writes.add(changes);
        await this.follower(workspaceId).reached(written.at(-1)?.version ?? 0);
        return changes.flatMap((change, i) =>
          written[i]?.entered && change.kind === 'document' && change.entry !== null
            ? [{ documentId: change.documentId, entry: change.entry }]
            : [],
        );
      } catch {
        // Who wrote has said so. Lost and found again meanwhile: it was written with everything else.
        if (this.isUp()) {
          await this.ready(workspaceId);
          return [];
        }
      }
    }
    this.dirty.add(workspaceId);
    // What waited for a write that failed must not undo what has come since.
    const own = changes.map((change) => ({ ...membership.told.latest(change), gatewayId: this.gatewayId }));
    return this.follower(workspaceId).applyAlone(own).entered;
  }

  /**
   * What waits to be written under the present id, and no other: after a loss of Redis everything is written again,
   * and what still waited would come after what came since.
   */
  private writesOf(workspaceId: string): WriteQueue<PresenceChange, Written> {
    const { gatewayId } = this;
    return new WriteQueue((changes) => this.write(gatewayId, workspaceId, changes));
  }

  /** @throws where Redis cannot be relied on, after noting it */
  private async write(
    gatewayId: string,
    workspaceId: string,
    changes: readonly PresenceChange[],
  ): Promise<Written[]> {
    try {
      return await this.writeAs(gatewayId, workspaceId, changes);
    } catch (error) {
      this.lost(error, gatewayId);
      throw error;
    }
  }

  /** @throws where Redis does not answer, or this gateway is no longer who it was */
  private async writeAs(
    gatewayId: string,
    workspaceId: string,
    changes: readonly PresenceChange[],
  ): Promise<Written[]> {
    this.requireId(gatewayId);
    const follower = this.follower(workspaceId);
    const membership = this.membership(workspaceId);
    if (!membership.prepared) {
      membership.prepared = Promise.all([
        this.scripts.claimWorkspace(gatewayId, workspaceId),
        follower.ready(),
      ]);
    }
    await membership.prepared;
    this.requireId(gatewayId);
    const join = !membership.joined;
    membership.joined = true;
    const own = changes.map((change) => ({ ...change, gatewayId }));
    const answer = await this.scripts.apply(
      workspaceId,
      gatewayId,
      join,
      follower.state.version,
      own.map(encodeChange),
    );
    if (answer === null) throw new Error('this gateway was removed, its lease had lapsed');
    const { version, previous, entered } = answer;
    follower.take({ version, previous, changes: own });
    return entered.map((one) => ({ version, entered: one }));
  }

  private requireId(gatewayId: string): void {
    if (gatewayId !== this.gatewayId || !this.isUp()) throw new Error('Redis was lost meanwhile');
  }

  private membership(workspaceId: string): Membership {
    const known = this.memberships.get(workspaceId);
    if (known) return known;
    const writes = this.writesOf(workspaceId);
    const membership: Membership = { told: new Told(), writes, prepared: undefined, joined: false };
    this.memberships.set(workspaceId, membership);
    return membership;
  }

  /** Not a comparison in place: the compiler does not know that it changes while one waits. */
  private isUp(): boolean {
    return this.state === 'up';
  }

  /** Redis cannot be relied on: go on alone, and try to come back. @param id what the gateway was then */
  private lost(error: unknown, id: string): void {
    // Of what went wrong under an earlier id, that id was the end.
    if (this.state !== 'up' || id !== this.gatewayId) return;
    this.state = 'down';
    this.lastFault = 'Redis does not answer';
    // Everybody's matter, whoever noticed it.
    withoutLogContext(() => {
      this.log.warn({ err: error }, 'presence goes on without Redis');
      void this.recover();
    });
  }

  private recover(): Promise<void> {
    this.recovering ??= this.comeBack().finally(() => {
      this.recovering = undefined;
      if (this.state === 'down') void this.recover();
    });
    return this.recovering;
  }

  private async comeBack(): Promise<void> {
    for (let wait = RECOVER_MS.first; this.state === 'down'; wait = Math.min(wait * 2, RECOVER_MS.most)) {
      try {
        await this.assertAll();
      } catch (error) {
        this.lost(error, this.gatewayId);
        if (this.state === 'down') this.lastFault = 'Redis does not answer';
        await delay(wait);
      }
    }
  }

  /**
   * Takes a new id and writes everything that this gateway holds under it, in place of what is
   * stored under those before. Until that is done the gateway goes on under the old one.
   */
  private async assertAll(): Promise<void> {
    const id = this.nextId;
    const earlierIds = [...this.earlierIds, this.gatewayId];
    const { epoch } = await this.scripts.takeLease(id, LEASE_MS, randomUUID());
    this.nextId = randomUUID();
    this.earlierIds.add(id);
    for (const workspaceId of this.memberships.keys()) this.dirty.add(workspaceId);
    const written = new Set<string>();
    // What changes while this goes on makes its workspace dirty again.
    while (this.dirty.size > 0) {
      const some = [...this.dirty].slice(0, ASSERT_AT_ONCE);
      for (const workspaceId of some) this.dirty.delete(workspaceId);
      await Promise.all(some.map((workspaceId) => this.assertWorkspace(workspaceId, id, earlierIds)));
      for (const workspaceId of some) written.add(workspaceId);
      await this.scripts.renewLease(id, LEASE_MS, epoch);
    }
    if (this.state === 'closed') return;
    this.gatewayId = id;
    this.epoch = epoch;
    this.earlierIds.clear();
    for (const [workspaceId, membership] of this.memberships) {
      membership.prepared = undefined;
      membership.writes = this.writesOf(workspaceId);
      membership.joined = written.has(workspaceId);
    }
    this.state = 'up';
    this.lastFault = null;
    // After a pause of Redis all leases have lapsed together: give everyone the time to renew theirs.
    this.reapFrom = performance.now() + LEASE_MS;
    this.log.info('presence is in Redis');
    await Promise.all([
      inParallel([...this.followers.values()], ASK_AT_ONCE, (follower) => follower.reload()),
      ...earlierIds.map((earlier) => this.scripts.forgetGateway(earlier)),
    ]);
  }

  private async assertWorkspace(
    workspaceId: string,
    id: string,
    earlierIds: readonly string[],
  ): Promise<void> {
    await this.scripts.claimWorkspace(id, workspaceId);
    const { version } = this.follower(workspaceId).state;
    const told = this.membership(workspaceId).told.all();
    const fields = told.map((change) => encodeChange({ ...change, gatewayId: id }));
    await this.scripts.replace(workspaceId, id, earlierIds, version, fields);
  }

  private async tick(): Promise<void> {
    if (this.state !== 'up') return;
    const { gatewayId } = this;
    try {
      const leases = await this.scripts.renewLease(gatewayId, LEASE_MS, randomUUID());
      if (gatewayId !== this.gatewayId) return;
      if (leases.epoch !== this.epoch) return this.lost(new Error('Redis was emptied'), gatewayId);
      if (!leases.stands) return this.lost(new Error('its lease had lapsed'), gatewayId);
      const mayReap = performance.now() >= this.reapFrom;
      if (mayReap) for (const id of leases.lapsed) await this.reap(id);
      // A round may take longer than it is to the next tick: the lease is renewed all the same.
      this.checking ??= this.checkAll(leases.leased, mayReap)
        .catch((error) => this.lost(error, gatewayId))
        .finally(() => {
          this.checking = undefined;
        });
    } catch (error) {
      this.lost(error, gatewayId);
    }
  }

  /** Looks at every workspace that is followed. @param leased the gateways that have a lease */
  private async checkAll(leased: ReadonlySet<string>, mayReap: boolean): Promise<void> {
    const holders: [workspaceId: string, gatewayIds: string[]][] = [];
    await inParallel([...this.followers], ASK_AT_ONCE, async (one) => {
      holders.push(await this.checkFollower(...one));
    });
    const orphans = this.orphans.find(holders, leased, performance.now());
    if (!mayReap) return;
    for (const orphan of orphans) {
      await this.remove(orphan.workspaceId, orphan.gatewayId);
      this.log.info(orphan, 'removed what a gateway without a lease had left in a workspace');
    }
  }

  /** @returns the gateways that may hold something there */
  private async checkFollower(
    workspaceId: string,
    follower: WorkspaceFollower,
  ): Promise<[workspaceId: string, gatewayIds: string[]]> {
    const membership = this.membership(workspaceId);
    if (membership.told.emptyForMs <= UNFOLLOW_AFTER_MS) return [workspaceId, await follower.check()];
    membership.prepared = undefined;
    // What is stored of it may be gone by the time that somebody comes.
    membership.joined = false;
    await follower.stop();
    return [workspaceId, []];
  }

  /** Removes all that a dead gateway held. Several may do so at once: the second finds nothing. */
  private async reap(id: string): Promise<void> {
    const workspaceIds = await this.scripts.claimedWorkspaces(id);
    for (const workspaceId of workspaceIds) {
      await this.remove(workspaceId, id);
    }
    if (await this.scripts.forgetGateway(id)) this.reaped.gateways += 1;
    this.log.info(
      { gateway: id, workspaces: workspaceIds.length },
      'removed a gateway whose lease had lapsed',
    );
  }

  private async remove(workspaceId: string, gatewayId: string): Promise<void> {
    this.reaped.entries += await this.scripts.replace(workspaceId, null, [gatewayId], 0, []);
  }

  private follower(workspaceId: string): WorkspaceFollower {
    const known = this.followers.get(workspaceId);
    if (known) return known;
    const membership = this.membership(workspaceId);
    const follower = new WorkspaceFollower(workspaceId, this.scripts, {
      self: () => (this.state === 'up' ? { id: this.gatewayId, joined: membership.joined } : null),
      publish: (delta) => {
        for (const listener of this.listeners) listener(delta);
      },
      lost: (error, id) => this.lost(error, id),
    });
    this.followers.set(workspaceId, follower);
    return follower;
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
