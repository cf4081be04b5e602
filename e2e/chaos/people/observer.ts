import { randomUUID } from 'node:crypto';
import type { PresenceView } from '@doclight/protocol';
import type { Leave } from '../seen/holds.js';
import { doingIn, isWhole, type TabState } from '../seen/truth.js';
import type { Gateway } from '../stack/gateway.js';
import type { Identity } from '../stack/rest.js';
import { ClientLink } from './client-link.js';
import { Dashboard } from './dashboard.js';
import { type ClientSocket, openSocket } from './socket.js';

/** A dashboard that is connected to one gateway, past the proxy, and notes whom it sees leave. */
export class Observer {
  readonly dashboard: Dashboard;
  readonly leaves: Leave[] = [];
  /** Ids of the saves it was told of. */
  readonly saves = new Set<string>();
  private readonly socket: ClientSocket;

  constructor(
    readonly name: string,
    readonly gateway: Gateway,
    private readonly identity: Identity,
    origin: string,
    workspaceId: string,
    documentIds?: ReadonlySet<string>,
  ) {
    this.socket = openSocket({
      url: gateway.url,
      origin,
      identity,
      link: new ClientLink(),
      tab: randomUUID(),
    });
    this.dashboard = new Dashboard(this.socket, workspaceId, documentIds, (before, after) =>
      this.note(before, after),
    );
    this.socket.on('document:saved', ({ documentId, revision }) =>
      this.saves.add(`${documentId}@${revision}`),
    );
  }

  /** It counts as a person, too, while it is connected. */
  get state(): TabState | null {
    return this.socket.connected ? { userId: this.identity.userId, where: null } : null;
  }

  end(): void {
    this.socket.disconnect();
  }

  private note(before: PresenceView, after: PresenceView): void {
    for (const [documentId, was] of before.documents) {
      const is = after.documents.get(documentId);
      if (is === was || was.status === 'free' || (is && !isWhole(is))) continue;
      const stay = is ? doingIn(is) : new Map();
      for (const userId of doingIn(was).keys()) {
        if (stay.has(userId)) continue;
        this.leaves.push({ at: performance.now(), documentId, userId, seenBy: this.name });
      }
    }
  }
}
