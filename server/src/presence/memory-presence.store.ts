import { randomUUID } from 'node:crypto';
import type { GatewayChange, PresenceChange, WorkspaceDelta } from './core/presence-types.js';
import { WorkspaceState } from './core/workspace-state.js';
import {
  type Entered,
  LEASE_MS,
  type PresenceStore,
  RENEW_EVERY_MS,
  type WorkspaceView,
} from './presence.store.js';
import { Told } from './told.js';

/** What the gateways of one process share: in the product there is one of them, tests have several. */
export class MemoryPresenceHub {
  /** When each gateway's lease lapses, in milliseconds. */
  readonly leases = new Map<string, number>();
  readonly listeners = new Set<(delta: WorkspaceDelta) => void>();
  private readonly workspaces = new Map<string, WorkspaceState>();

  state(workspaceId: string): WorkspaceState {
    const known = this.workspaces.get(workspaceId);
    if (known) return known;
    const state = new WorkspaceState(workspaceId);
    // Newer than what was shown before a restart, though nothing has happened yet.
    state.apply([], Date.now() * 1000);
    this.workspaces.set(workspaceId, state);
    return state;
  }

  apply(workspaceId: string, changes: readonly GatewayChange[]): WorkspaceDelta {
    const state = this.state(workspaceId);
    const delta = state.apply(changes, Math.max(state.version + 1, Date.now() * 1000));
    for (const listener of this.listeners) listener(delta);
    return delta;
  }

  /** Removes all that a gateway holds. @returns how many entries */
  reap(gatewayId: string): number {
    let removed = 0;
    this.leases.delete(gatewayId);
    for (const [workspaceId, state] of this.workspaces) {
      const removals = state.removals(gatewayId);
      if (removals.length > 0) this.apply(workspaceId, removals);
      removed += removals.length;
    }
    return removed;
  }
}

/** Presence in this process. See `PresenceStore` for what it promises. */
export class MemoryPresenceStore implements PresenceStore {
  readonly reaped = { gateways: 0, entries: 0 };
  private readonly gatewayId = randomUUID();
  private readonly told = new Map<string, Told>();
  private readonly own = new Set<(delta: WorkspaceDelta) => void>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly hub = new MemoryPresenceHub()) {}

  async open(): Promise<void> {
    this.tick();
    this.timer = setInterval(() => this.tick(), RENEW_EVERY_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const listener of this.own) this.hub.listeners.delete(listener);
  }

  async ready(): Promise<void> {}

  view(workspaceId: string): WorkspaceView {
    return this.hub.state(workspaceId);
  }

  async apply(workspaceId: string, changes: readonly PresenceChange[]): Promise<Entered> {
    const told = this.told.get(workspaceId) ?? new Told();
    this.told.set(workspaceId, told);
    // Removed by another gateway: nothing may be told by one that nobody would ever take for dead.
    if (!this.hub.leases.has(this.gatewayId)) this.tick();
    told.remember(changes);
    return this.hub.apply(workspaceId, this.mine(changes)).entered;
  }

  follow(listener: (delta: WorkspaceDelta) => void): () => void {
    this.own.add(listener);
    this.hub.listeners.add(listener);
    return () => {
      this.own.delete(listener);
      this.hub.listeners.delete(listener);
    };
  }

  fault(): string | null {
    return null;
  }

  private tick(): void {
    const now = Date.now();
    const known = this.hub.leases.has(this.gatewayId);
    this.hub.leases.set(this.gatewayId, now + LEASE_MS);
    // Removed by another gateway, as one whose event loop stood still is: tell everything again.
    if (!known) for (const [id, told] of this.told) this.hub.apply(id, this.mine(told.all()));
    for (const [gatewayId, lapses] of this.hub.leases) {
      if (lapses > now) continue;
      this.reaped.entries += this.hub.reap(gatewayId);
      this.reaped.gateways += 1;
    }
  }

  private mine(changes: readonly PresenceChange[]): GatewayChange[] {
    return changes.map((change) => ({ ...change, gatewayId: this.gatewayId }));
  }
}
