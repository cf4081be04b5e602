import {
  type DashboardSnapshot,
  type DocumentPresence,
  emptyPresenceView,
  foldDiff,
  foldDocument,
  foldSnapshot,
  hasGap,
  MAX_WATCHED_DOCUMENTS,
  type PresenceDiff,
  type PresenceView,
} from '@doclight/protocol';
import { createStore, type Store } from '../store';

/** What this tab knows of the presence in one workspace. */
export interface WorkspacePresence {
  readonly view: PresenceView;
  /** True once a snapshot has been folded in: what is absent from the view is then free. */
  readonly known: boolean;
  /** More documents have people in them than one answer lists: only those in focus can be known. */
  readonly truncated: boolean;
}

/** By workspace id. */
export type PresenceByWorkspace = ReadonlyMap<string, WorkspacePresence>;

/** Asks the server for a snapshot and its diffs (`dashboard:join`), of some documents or of all. */
export type Join = (workspaceId: string, documentIds?: string[]) => Promise<DashboardSnapshot>;

const UNKNOWN: WorkspacePresence = { view: emptyPresenceView, known: false, truncated: false };
const RETRY_MS = 2_000;

/**
 * Follows the presence of the workspaces that something on the page looks at. It joins once however
 * many look, joins again on every connect and whenever a frame is missing, and forgets nothing that
 * came meanwhile.
 */
export class Dashboards {
  readonly store: Store<PresenceByWorkspace> = createStore<PresenceByWorkspace>(new Map());
  readonly #join: Join;
  readonly #leave: (workspaceId: string) => void;
  readonly #watchers = new Map<string, number>();
  readonly #joining = new Set<string>();
  /** Joins to be repeated because something changed while one was on its way. */
  readonly #again = new Set<string>();
  readonly #focus = new Map<string, readonly string[]>();

  constructor(join: Join, leave: (workspaceId: string) => void) {
    this.#join = join;
    this.#leave = leave;
  }

  /** Looks at a workspace until the function it returns is called. */
  watch(workspaceId: string): () => void {
    const watchers = this.#watchers.get(workspaceId) ?? 0;
    this.#watchers.set(workspaceId, watchers + 1);
    if (watchers === 0) void this.#sync(workspaceId);
    return () => this.#unwatch(workspaceId);
  }

  /**
   * Says which documents are on the screen, or null for all. It matters only in a workspace so busy
   * that the server cannot list every document with somebody in it.
   */
  focus(workspaceId: string, documentIds: readonly string[] | null): void {
    if (documentIds) this.#focus.set(workspaceId, documentIds.slice(0, MAX_WATCHED_DOCUMENTS));
    else this.#focus.delete(workspaceId);
    if (this.of(workspaceId).truncated && this.#watchers.has(workspaceId)) void this.#sync(workspaceId);
  }

  /** The socket is connected (again): what was missed is asked for. */
  onConnect(): void {
    for (const workspaceId of this.#watchers.keys()) void this.#sync(workspaceId);
  }

  onDiff(diff: PresenceDiff): void {
    if (!this.#watchers.has(diff.workspaceId)) return;
    this.#change(diff.workspaceId, (known) => ({ ...known, view: foldDiff(known.view, diff) }));
    if (hasGap(this.of(diff.workspaceId).view)) void this.#sync(diff.workspaceId);
  }

  /** One document's presence from outside a frame. */
  onDocument(presence: DocumentPresence): void {
    this.#change(presence.workspaceId, (known) => ({ ...known, view: foldDocument(known.view, presence) }));
  }

  /** Forgets what is known; whoever still looks at a workspace sees it again after the next connect. */
  forget(): void {
    this.store.set(new Map());
  }

  /** What is known of a workspace; nothing, before anyone looked. */
  of(workspaceId: string): WorkspacePresence {
    return this.store.get().get(workspaceId) ?? UNKNOWN;
  }

  async #sync(workspaceId: string): Promise<void> {
    if (this.#joining.has(workspaceId)) {
      this.#again.add(workspaceId);
      return;
    }
    this.#joining.add(workspaceId);
    try {
      const ids = this.of(workspaceId).truncated ? this.#focus.get(workspaceId) : undefined;
      const snapshot = await this.#join(workspaceId, ids && [...ids]);
      this.#change(workspaceId, ({ view, truncated }) => ({
        view: foldSnapshot(view, snapshot),
        known: true,
        truncated: ids ? truncated : snapshot.truncated,
      }));
      if (!ids && snapshot.truncated && this.#focus.has(workspaceId)) this.#again.add(workspaceId);
    } catch {
      // Offline: `onConnect` asks again. Refused or unanswered while connected: try later.
      setTimeout(() => {
        if (this.#watchers.has(workspaceId)) void this.#sync(workspaceId);
      }, RETRY_MS);
      return;
    } finally {
      this.#joining.delete(workspaceId);
    }
    const again = this.#again.delete(workspaceId) || hasGap(this.of(workspaceId).view);
    if (!this.#watchers.has(workspaceId)) this.#leave(workspaceId);
    else if (again) void this.#sync(workspaceId);
  }

  #unwatch(workspaceId: string): void {
    const watchers = (this.#watchers.get(workspaceId) ?? 1) - 1;
    if (watchers > 0) {
      this.#watchers.set(workspaceId, watchers);
      return;
    }
    this.#watchers.delete(workspaceId);
    this.#focus.delete(workspaceId);
    this.#leave(workspaceId);
    // Without its diffs the view grows old; what is shown of it next comes with a new snapshot.
    this.#change(workspaceId, (known) => ({ ...known, known: false, truncated: false }));
  }

  #change(workspaceId: string, change: (known: WorkspacePresence) => WorkspacePresence): void {
    const before = this.of(workspaceId);
    const after = change(before);
    if (after.view === before.view && after.known === before.known && after.truncated === before.truncated)
      return;
    this.store.update((all) => new Map(all).set(workspaceId, after));
  }
}
