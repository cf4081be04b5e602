import type { PresenceChange, WorkspaceDelta } from './core/presence-types.js';
import { WorkspaceState } from './core/workspace-state.js';
import type { PresenceStore, WorkspaceView } from './presence.store.js';

/** The one gateway's name: nobody else shares this store. */
const GATEWAY_ID = 'local';

/** Presence in this process, for one gateway. See `PresenceStore` for what it promises. */
export class MemoryPresenceStore implements PresenceStore {
  private readonly workspaces = new Map<string, WorkspaceState>();
  private readonly listeners = new Set<(delta: WorkspaceDelta) => void>();

  /** @param now the clock, in milliseconds */
  constructor(private readonly now: () => number = Date.now) {}

  async apply(workspaceId: string, changes: readonly PresenceChange[]): Promise<WorkspaceDelta> {
    const state = this.state(workspaceId);
    const delta = state.apply(GATEWAY_ID, changes, Math.max(state.version + 1, this.now() * 1000));
    for (const listener of this.listeners) listener(delta);
    return delta;
  }

  follow(listener: (delta: WorkspaceDelta) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  view(workspaceId: string): WorkspaceView {
    return this.state(workspaceId);
  }

  private state(workspaceId: string): WorkspaceState {
    const known = this.workspaces.get(workspaceId);
    if (known) return known;
    const state = new WorkspaceState(workspaceId);
    this.workspaces.set(workspaceId, state);
    return state;
  }
}
