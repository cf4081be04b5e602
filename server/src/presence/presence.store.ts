import type { DocumentPresence, Totals } from '@doclight/protocol';
import type { ActivePeople, Entry, PresenceChange, WorkspaceDelta } from './core/presence-types.js';

/** A workspace's presence as this gateway knows it, ready to be read without waiting. */
export interface WorkspaceView {
  readonly version: number;
  readonly totals: Totals;
  readonly people: ActivePeople;
  /** Every document with somebody in it. */
  occupied(): Iterable<DocumentPresence>;
  /** One document; with nobody in it, it is free as of the current version. */
  document(documentId: string): DocumentPresence;
  /** What everybody sees of one person in one document; null when they are not in it. */
  entry(documentId: string, userId: string): Entry | null;
}

/**
 * Presence over all gateways. Each gateway tells what changed among its own people and follows
 * what changed anywhere.
 *
 * - Changes are told for one person at a time and replace what this gateway told before about the
 *   same person and document, so telling twice is harmless.
 * - A workspace's version grows with every batch, for ever: `max(last + 1, now in microseconds)`.
 * - Followers hear every batch once, in the order of versions.
 * - What a gateway told is seen in its own `view` when `apply` resolves.
 */
export interface PresenceStore {
  /**
   * Tells what changed on this gateway.
   * @returns what that did to the workspace; `entered` is told to this gateway alone
   */
  apply(workspaceId: string, changes: readonly PresenceChange[]): Promise<WorkspaceDelta>;
  /** Calls `listener` for every batch of any gateway, until the answered function is called. */
  follow(listener: (delta: WorkspaceDelta) => void): () => void;
  view(workspaceId: string): WorkspaceView;
}

/** Injects the `PresenceStore`. */
export const PRESENCE_STORE = Symbol('presence store');
