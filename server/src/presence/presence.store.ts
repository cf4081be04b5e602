import type { DocumentPresence, Totals } from '@doclight/protocol';
import type { ActivePeople, Entry, PresenceChange, Reach, WorkspaceDelta } from './core/presence-types.js';

/** A gateway renews its lease this often, in milliseconds. */
export const RENEW_EVERY_MS = 2_000;
/** A gateway that has not renewed its lease for this long, in milliseconds, is taken for dead. */
export const LEASE_MS = 6_000;

/** What a gateway removed of others whose lease had lapsed, since it started. */
export interface Reaped {
  readonly gateways: number;
  /** A person's being connected, or being in a document, once for each gateway that held it. */
  readonly entries: number;
}

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
  /** How a person can be reached; null when they are connected to no gateway. */
  reach(userId: string): Reach | null;
}

/**
 * Presence over all gateways. Each gateway tells what changed among its own people and follows
 * what changed anywhere.
 *
 * - What a gateway tells about a person and a document (or about a person's being connected)
 *   replaces what it told before, so telling twice is harmless.
 * - A workspace's version grows with every batch, for ever, also across a loss of what is stored:
 *   `max(last + 1, now in microseconds)`.
 * - Followers hear batches in the order of versions, each at most once. After an outage several may
 *   come as one, which holds everything that looks different.
 * - What a gateway told is seen in its own `view` when `apply` resolves. `apply` never rejects: while
 *   what is stored is out of reach, the gateway shows at least its own people, and tells the others
 *   as soon as it can.
 * - A gateway that dies without `close` is removed by any other one when its lease of `LEASE_MS` has
 *   lapsed; one that was only out of reach that long tells everything again.
 */
export interface PresenceStore {
  /** Begins to renew the lease. */
  open(): Promise<void>;
  /**
   * Ends without removing anybody: people are about to connect to another gateway. Whoever does not
   * is removed when the lease lapses.
   */
  close(): Promise<void>;
  /** Resolves when `view` tells what all gateways know of a workspace, as far as they can be heard. */
  ready(workspaceId: string): Promise<void>;
  view(workspaceId: string): WorkspaceView;
  /**
   * Tells what changed on this gateway.
   * @returns who came into a document without having been in it on any gateway: told to this one alone
   */
  apply(workspaceId: string, changes: readonly PresenceChange[]): Promise<Entered>;
  /** Calls `listener` for every batch of any gateway, until the answered function is called. */
  follow(listener: (delta: WorkspaceDelta) => void): () => void;
  /** What does not work, for people who operate the server; null: all is well. */
  fault(): string | null;
  /** Of several gateways that remove the same, one counts it. */
  readonly reaped: Reaped;
}

/** People who came into a document. */
export type Entered = readonly { readonly documentId: string; readonly entry: Entry }[];

/** Injects the `PresenceStore`. */
export const PRESENCE_STORE = Symbol('presence store');
