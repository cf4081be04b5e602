import {
  type DashboardSnapshot,
  emptyPresenceView,
  foldDiff,
  foldDocument,
  foldSnapshot,
  hasGap,
  occupiedDocuments,
  type PresenceView,
  type UsersCount,
} from '@doclight/protocol';
import type { Shown } from '../seen/truth.js';
import { type ClientSocket, send } from './socket.js';

const RETRY_MS = 2_000;

/** Told of every change of what a dashboard shows. */
export type ViewListener = (before: PresenceView, after: PresenceView) => void;

/** A dashboard that knows what the web client's would know: it joins, folds and joins again as that one does. */
export class Dashboard {
  private view: PresenceView = emptyPresenceView;
  private known = false;
  private count: UsersCount | null = null;
  private joining = false;
  private again = false;

  /** @param documentIds the documents it shows; all where left out */
  constructor(
    private readonly socket: ClientSocket,
    private readonly workspaceId: string,
    readonly documentIds?: ReadonlySet<string>,
    private readonly onChange: ViewListener = () => {},
  ) {
    socket.on('connect', () => void this.sync());
    socket.on('disconnect', () => {
      this.known = false;
    });
    socket.on('presence:diff', (diff) => {
      this.change(foldDiff(this.view, diff));
      if (hasGap(this.view)) void this.sync();
    });
    // In a dashboard of some documents only, presence of others would look like a ghost.
    socket.on('document:presence', (presence) => {
      if (!documentIds) this.change(foldDocument(this.view, presence));
    });
    socket.on('users:count', (count) => {
      this.count = count;
    });
  }

  /** Whether it is connected and has been told what there is. */
  get isLive(): boolean {
    return this.known && this.socket.connected;
  }

  get shown(): Shown {
    return {
      documents: occupiedDocuments(this.view),
      totals: this.view.totals,
      activeUsers: this.count?.activeUsers ?? null,
      people: this.count?.people.map(({ id }) => id) ?? [],
    };
  }

  /** Joins anew, as a dashboard does that is opened now. @throws Refused */
  async newcomer(): Promise<Shown> {
    const { documents, totals, activeUsers, people } = await this.join();
    return { documents, totals, activeUsers, people: people.map(({ id }) => id) };
  }

  private async join(): Promise<DashboardSnapshot> {
    const { workspaceId, documentIds } = this;
    const snapshot = await send(
      this.socket,
      'dashboard:join',
      documentIds ? { workspaceId, documentIds: [...documentIds] } : { workspaceId },
    );
    this.change(foldSnapshot(this.view, snapshot));
    this.known = true;
    return snapshot;
  }

  private async sync(): Promise<void> {
    if (this.joining) {
      this.again = true;
      return;
    }
    this.joining = true;
    try {
      await this.join();
    } catch {
      // Offline: the next connect asks again.
      setTimeout(() => {
        if (this.socket.connected) void this.sync();
      }, RETRY_MS);
      return;
    } finally {
      this.joining = false;
    }
    if (this.again || hasGap(this.view)) {
      this.again = false;
      void this.sync();
    }
  }

  private change(after: PresenceView): void {
    const before = this.view;
    this.view = after;
    if (before.documents !== after.documents) this.onChange(before, after);
  }
}
