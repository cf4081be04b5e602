import {
  type DashboardSnapshot,
  type DocumentPresence,
  MAX_SNAPSHOT_DOCUMENTS,
  type PresenceDiff,
  type Totals,
} from '@doclight/protocol';
import type { WorkspaceDelta } from './core/presence-types.js';
import { FeedMeter } from './feed-stats.js';
import type { WorkspaceView } from './presence.store.js';

/** A dashboard gets at most one frame in this many milliseconds. */
export const WINDOW_MS = 60;
/**
 * Where telling everybody takes long, the window is longer, so many times what it took: a gateway spends no more than
 * a fifth of its time on the frames of one workspace, and folds more into each. Up to a limit in milliseconds that
 * leaves a change the rest of its 250 ms for its way; from there on, with some 2,500 dashboards, it does spend more.
 */
const WINDOW_OF_FLUSH = 5;
const MOST_WINDOW_MS = 100;
/** A filtered dashboard hears of totals alone at most this often, in milliseconds. */
const TOTALS_WINDOW_MS = 250;

/** Where frames go: the broadcaster, or a test. */
export interface FrameSink {
  /** To every dashboard that was let in with `admit`. */
  toAll(frame: PresenceDiff): void;
  toOne(socketId: string, frame: PresenceDiff): void;
  /** From now on `toAll` reaches this socket. */
  admit(socketId: string): void;
  /** From now on `toAll` does not reach this socket. */
  dismiss(socketId: string): void;
  /** A document's presence, to the people in it. */
  toDocument(presence: DocumentPresence): void;
}

/** A dashboard that shows some documents only. */
interface FilteredDashboard {
  readonly documentIds: ReadonlySet<string>;
  /** Version and totals of the last answer or frame it was sent. */
  version: number;
  totals: Totals;
}

/**
 * The dashboards of one workspace on one gateway. Folds what happens within a window into one
 * frame. All dashboards that show everything share it, so it is serialised once; one that joined
 * within the window was answered with a newer version than the others hold, and gets its first
 * frame by itself, so that `previous` is true for everybody.
 */
export class DashboardFeed {
  private readonly pending = new Map<string, DocumentPresence>();
  /** Version that everyone behind `toAll` holds. */
  private sharedVersion = 0;
  private readonly shared = new Set<string>();
  /** Joined since the last frame: the version each was answered with. */
  private readonly newcomers = new Map<string, number>();
  private readonly filtered = new Map<string, FilteredDashboard>();
  /** By document id: the filtered dashboards that show it. */
  private readonly watchers = new Map<string, Set<string>>();
  private timer: NodeJS.Timeout | undefined;
  private totalsTimer: NodeJS.Timeout | undefined;
  private flushedAt = 0;
  private windowMs = WINDOW_MS;
  private totalsSentAt = 0;

  constructor(
    private readonly workspaceId: string,
    private readonly view: WorkspaceView,
    private readonly sink: FrameSink,
    private readonly meter = new FeedMeter(),
  ) {}

  /** How many dashboards follow. */
  get size(): number {
    return this.shared.size + this.newcomers.size + this.filtered.size;
  }

  /** Answers a dashboard and subscribes it, in place of what it had subscribed before. */
  join(socketId: string, documentIds: readonly string[] | undefined): DashboardSnapshot {
    this.leave(socketId);
    const { version } = this.view;
    if (documentIds) this.watch(socketId, documentIds, version);
    else this.welcome(socketId, version);
    return this.snapshot(documentIds);
  }

  leave(socketId: string): void {
    this.newcomers.delete(socketId);
    if (this.shared.delete(socketId)) this.sink.dismiss(socketId);
    const dashboard = this.filtered.get(socketId);
    if (!dashboard) return;
    this.filtered.delete(socketId);
    for (const documentId of dashboard.documentIds) {
      const sockets = this.watchers.get(documentId);
      sockets?.delete(socketId);
      if (sockets?.size === 0) this.watchers.delete(documentId);
    }
  }

  /** Takes in a batch; it goes out with the window's frame. */
  push(delta: WorkspaceDelta): void {
    if (delta.documents.length === 0) return;
    this.meter.took(delta.documents.length);
    for (const document of delta.documents) this.pending.set(document.documentId, document);
    this.schedule();
  }

  stop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.totalsTimer);
  }

  private welcome(socketId: string, version: number): void {
    if (this.shared.size === 0 && this.newcomers.size === 0) this.sharedVersion = version;
    if (version === this.sharedVersion) this.share(socketId);
    else this.newcomers.set(socketId, version);
  }

  private share(socketId: string): void {
    this.shared.add(socketId);
    this.sink.admit(socketId);
  }

  private watch(socketId: string, documentIds: readonly string[], version: number): void {
    this.filtered.set(socketId, { documentIds: new Set(documentIds), version, totals: this.view.totals });
    for (const documentId of documentIds) {
      const sockets = this.watchers.get(documentId);
      if (sockets) sockets.add(socketId);
      else this.watchers.set(documentId, new Set([socketId]));
    }
  }

  private snapshot(documentIds: readonly string[] | undefined): DashboardSnapshot {
    const occupied = documentIds
      ? [...new Set(documentIds)]
          .map((id) => this.view.document(id))
          .filter(({ status }) => status !== 'free')
      : [...this.view.occupied()];
    const truncated = occupied.length > MAX_SNAPSHOT_DOCUMENTS;
    if (truncated) occupied.sort((a, b) => Number(b.status === 'edit') - Number(a.status === 'edit'));
    const { activeUsers, people } = this.view.people;
    return {
      version: this.view.version,
      activeUsers,
      people: [...people],
      totals: this.view.totals,
      documents: occupied.slice(0, MAX_SNAPSHOT_DOCUMENTS),
      truncated,
    };
  }

  /** The first change after a quiet time goes out at once, the next ones when the window is over. */
  private schedule(): void {
    if (this.timer) return;
    const wait = Math.max(0, this.flushedAt + this.windowMs - performance.now());
    this.timer = setTimeout(() => this.flush(), wait);
  }

  private flush(): void {
    this.timer = undefined;
    this.flushedAt = performance.now();
    const documents = [...this.pending.values()];
    this.pending.clear();
    for (const document of documents) this.sink.toDocument(document);
    this.flushShared(documents);
    this.flushFiltered(documents);
    this.meter.flushed();
    const tookMs = performance.now() - this.flushedAt;
    this.windowMs = Math.min(Math.max(WINDOW_MS, tookMs * WINDOW_OF_FLUSH), MOST_WINDOW_MS);
  }

  private frame(previous: number, documents: DocumentPresence[]): PresenceDiff {
    const { version, totals } = this.view;
    return { workspaceId: this.workspaceId, previous, version, totals, documents };
  }

  private flushShared(documents: DocumentPresence[]): void {
    if (documents.length === 0) return;
    const { version } = this.view;
    // Equal where everybody joined after the changes, and was answered with them.
    if (this.shared.size > 0 && this.sharedVersion < version) {
      this.sink.toAll(this.frame(this.sharedVersion, documents));
      this.meter.sent(this.shared.size);
    }
    this.sharedVersion = version;
    for (const [socketId, answered] of this.newcomers) {
      if (answered < version) {
        this.sink.toOne(socketId, this.frame(answered, documents));
        this.meter.sent(1, documents.length);
      }
      this.share(socketId);
    }
    this.newcomers.clear();
  }

  private flushFiltered(documents: DocumentPresence[]): void {
    if (this.filtered.size === 0) return;
    const shown = new Map<string, DocumentPresence[]>();
    for (const document of documents) {
      for (const socketId of this.watchers.get(document.documentId) ?? []) {
        const list = shown.get(socketId);
        if (list) list.push(document);
        else shown.set(socketId, [document]);
      }
    }
    for (const [socketId, list] of shown) this.sendFiltered(socketId, list);
    this.flushTotals();
  }

  /** Totals speak of the whole workspace: those whose documents did not change hear of them apart. */
  private flushTotals(): void {
    const { reading, editing } = this.view.totals;
    const behind = [...this.filtered].filter(
      ([, { totals }]) => totals.reading !== reading || totals.editing !== editing,
    );
    if (behind.length === 0) return;
    const now = performance.now();
    const wait = this.totalsSentAt + TOTALS_WINDOW_MS - now;
    if (wait > 0) {
      this.totalsTimer ??= setTimeout(() => {
        this.totalsTimer = undefined;
        // Documents that wait for their window bring the totals along, and must not be overtaken.
        if (this.pending.size === 0) this.flushTotals();
      }, wait);
      return;
    }
    this.totalsSentAt = now;
    for (const [socketId] of behind) this.sendFiltered(socketId, []);
  }

  private sendFiltered(socketId: string, documents: DocumentPresence[]): void {
    const dashboard = this.filtered.get(socketId);
    // It joined within the window, and was answered with all of this.
    if (!dashboard || dashboard.version === this.view.version) return;
    const frame = this.frame(dashboard.version, documents);
    this.sink.toOne(socketId, frame);
    this.meter.sent(1, documents.length);
    dashboard.version = frame.version;
    dashboard.totals = frame.totals;
  }
}
