import type { Attention, Phase, User } from '@doclight/protocol';
import { AT_THE_PAGE, mergeEntries, mergeReach, mostActive, sameEntry } from './merge.js';
import type { Entry, PresenceChange, Reach } from './presence-types.js';

/** What one socket says of one document. */
interface Stay {
  readonly workspaceId: string;
  phase: Phase;
  since: number;
  unsaved: boolean;
  attention: Attention;
}

/** Workspaces by id: a set, or the keys of a map. */
export interface WorkspaceIds {
  has(workspaceId: string): boolean;
  keys(): Iterable<string>;
}

/** Of all sockets that are in no document, and most are: never written to. */
const NO_STAYS = new Map<string, Stay>();

interface TrackedSocket {
  readonly user: User;
  readonly tab: string | undefined;
  workspaceIds: WorkspaceIds;
  /** By document id. */
  stays: Map<string, Stay>;
  /** What the tab told of itself, whatever page it shows; null: nothing yet. */
  reach: Reach | null;
  /** What is taken of it as long as it says nothing. */
  inherited: Reach;
  /** Dropped, and kept for a while in case it comes back. */
  held: boolean;
}

/** What a socket asks for with `presence:set`. A flag left out stays as it was. */
export interface StayRequest {
  readonly workspaceId: string;
  readonly documentId: string;
  readonly phase: Phase;
  readonly unsaved?: boolean | undefined;
  readonly attention?: Attention | undefined;
}

/** Changes to tell the store, by workspace id. Empty where nobody else would see a difference. */
export type ChangesByWorkspace = ReadonlyMap<string, PresenceChange[]>;

/**
 * One gateway's own sockets, folded to one entry a person and document, and one connection a person
 * and workspace. Ten tabs of a person are one entry; closing one of them is no change. Pure: no
 * clock, no IO.
 */
export class SocketTracker {
  private readonly sockets = new Map<string, TrackedSocket>();
  /** By user id: lists, for most are of one, and a set of one takes three times the memory. */
  private readonly socketsOf = new Map<string, TrackedSocket[]>();
  /** What the store has been told, by user id and document id. */
  private readonly toldEntries = new Map<string, Map<string, { workspaceId: string; entry: Entry }>>();
  /** How the store knows a person to be connected, by user id and workspace id. */
  private readonly toldConnections = new Map<string, Map<string, Reach>>();

  /** A socket is there. @param workspaceIds kept as they are, and not to be changed */
  connect(
    socketId: string,
    user: User,
    workspaceIds: WorkspaceIds,
    tab: string | undefined,
  ): ChangesByWorkspace {
    const socket: TrackedSocket = {
      user,
      tab,
      workspaceIds,
      stays: NO_STAYS,
      reach: null,
      inherited: AT_THE_PAGE,
      held: false,
    };
    this.sockets.set(socketId, socket);
    this.socketsOf.set(user.id, [...(this.socketsOf.get(user.id) ?? []), socket]);
    // The same tab is back: until it says otherwise it is as it was.
    const before = this.heldOf(socket).at(-1);
    if (before) socket.inherited = reachOf(before);
    return this.settle(user.id, []);
  }

  /** How many documents a socket is in. */
  stayCount(socketId: string): number {
    return this.sockets.get(socketId)?.stays.size ?? 0;
  }

  /** The documents a socket is in. */
  documentsOf(socketId: string): { documentId: string; workspaceId: string }[] {
    const stays = this.sockets.get(socketId)?.stays ?? new Map<string, Stay>();
    return [...stays].map(([documentId, { workspaceId }]) => ({ documentId, workspaceId }));
  }

  isIn(socketId: string, documentId: string): boolean {
    return this.sockets.get(socketId)?.stays.has(documentId) ?? false;
  }

  /**
   * A socket enters a document, changes phase or updates flags.
   * @param now in milliseconds
   * @param knownSince since when everybody sees this person in that very phase, if they do
   */
  set(
    socketId: string,
    request: StayRequest,
    now: number,
    knownSince: number | undefined,
  ): ChangesByWorkspace {
    const socket = this.sockets.get(socketId);
    if (!socket) return new Map();
    const { workspaceId, documentId, phase } = request;
    const held = this.takeHeld(socket);
    const stay = socket.stays.get(documentId) ?? held.get(documentId);
    if (socket.stays === NO_STAYS) socket.stays = new Map();
    socket.stays.set(documentId, {
      workspaceId,
      phase,
      since: stay?.phase === phase ? stay.since : (knownSince ?? now),
      unsaved: request.unsaved ?? stay?.unsaved ?? false,
      attention: request.attention ?? stay?.attention ?? 'active',
    });
    return this.settle(socket.user.id, [documentId, ...held.keys()]);
  }

  /** A tab tells how it can be reached. `desktop` left out stays as it was. */
  attend(socketId: string, attention: Attention, desktop: boolean | undefined): ChangesByWorkspace {
    const socket = this.sockets.get(socketId);
    if (!socket) return new Map();
    socket.reach = { attention, desktop: desktop ?? reachOf(socket).desktop };
    return this.settle(socket.user.id, []);
  }

  /** How a tab can be reached; null: there is no such socket, or it dropped. */
  reachOf(socketId: string): Reach | null {
    const socket = this.sockets.get(socketId);
    return socket && !socket.held ? reachOf(socket) : null;
  }

  /** A socket leaves a document. */
  clear(socketId: string, documentId: string): ChangesByWorkspace {
    const socket = this.sockets.get(socketId);
    if (!socket) return new Map();
    socket.stays.delete(documentId);
    for (const held of this.heldOf(socket)) held.stays.delete(documentId);
    return this.settle(socket.user.id, [documentId]);
  }

  /** A socket dropped: everything stays as it is until `end`, or until its tab is back. */
  hold(socketId: string): void {
    const socket = this.sockets.get(socketId);
    if (socket) socket.held = true;
  }

  /** A socket is gone for good. */
  end(socketId: string): ChangesByWorkspace {
    const socket = this.sockets.get(socketId);
    if (!socket) return new Map();
    this.sockets.delete(socketId);
    const others = (this.socketsOf.get(socket.user.id) ?? []).filter((other) => other !== socket);
    if (others.length > 0) this.socketsOf.set(socket.user.id, others);
    else this.socketsOf.delete(socket.user.id);
    return this.settle(socket.user.id, socket.stays.keys());
  }

  /**
   * A person's rights changed: stays in workspaces that are not listed end, edits in those where
   * they may only read become reads.
   */
  restrict(
    socketId: string,
    workspaceIds: Iterable<string>,
    mayEdit: (workspaceId: string) => boolean,
    now: number,
  ): ChangesByWorkspace {
    const socket = this.sockets.get(socketId);
    if (!socket) return new Map();
    socket.workspaceIds = new Set(workspaceIds);
    const touched: string[] = [];
    for (const [documentId, stay] of socket.stays) {
      if (!socket.workspaceIds.has(stay.workspaceId)) socket.stays.delete(documentId);
      else if (stay.phase === 'edit' && !mayEdit(stay.workspaceId)) {
        socket.stays.set(documentId, { ...stay, phase: 'read', since: now, unsaved: false });
      } else continue;
      touched.push(documentId);
    }
    return this.settle(socket.user.id, touched);
  }

  /** A person edits a document no more: wherever they do, they read it from now on. */
  yieldEdit(userId: string, documentId: string, now: number): ChangesByWorkspace {
    for (const { stays } of this.socketsOf.get(userId) ?? []) {
      const stay = stays.get(documentId);
      if (stay?.phase === 'edit')
        stays.set(documentId, { ...stay, phase: 'read', since: now, unsaved: false });
    }
    return this.settle(userId, [documentId]);
  }

  /** A document is gone: nobody is in it any more. @returns also the sockets that were */
  removeDocument(documentId: string): { socketIds: string[]; changes: ChangesByWorkspace } {
    const socketIds: string[] = [];
    const changes = new Map<string, PresenceChange[]>();
    for (const [socketId, socket] of this.sockets) {
      if (!socket.stays.delete(documentId)) continue;
      socketIds.push(socketId);
      for (const [workspaceId, more] of this.settle(socket.user.id, [documentId])) {
        changes.set(workspaceId, [...(changes.get(workspaceId) ?? []), ...more]);
      }
    }
    return { socketIds, changes };
  }

  /** What the same tab left behind when it dropped. */
  private heldOf(socket: TrackedSocket): TrackedSocket[] {
    if (socket.tab === undefined) return [];
    const sockets = this.socketsOf.get(socket.user.id) ?? [];
    return sockets.filter((other) => other.held && other.tab === socket.tab);
  }

  /** The same tab is back: what its dropped sockets held is taken from them, for this one to go on from. */
  private takeHeld(socket: TrackedSocket): Map<string, Stay> {
    const taken = new Map<string, Stay>();
    for (const held of this.heldOf(socket)) {
      for (const [documentId, stay] of held.stays) taken.set(documentId, stay);
      held.stays.clear();
    }
    return taken;
  }

  /** Compares what is with what the store was told, and gives the difference. */
  private settle(userId: string, documentIds: Iterable<string>): ChangesByWorkspace {
    const changes = new Map<string, PresenceChange[]>();
    const add = (workspaceId: string, change: PresenceChange) => {
      const known = changes.get(workspaceId);
      if (known) known.push(change);
      else changes.set(workspaceId, [change]);
    };
    this.settleConnections(userId, add);
    for (const documentId of new Set(documentIds)) this.settleEntry(userId, documentId, add);
    return changes;
  }

  private settleConnections(
    userId: string,
    add: (workspaceId: string, change: PresenceChange) => void,
  ): void {
    const told = this.toldConnections.get(userId) ?? new Map<string, Reach>();
    const sockets = this.socketsOf.get(userId) ?? [];
    const live = sockets.filter(({ held }) => !held);
    const reach = mergeReach((live.length > 0 ? live : sockets).map(reachOf));
    const is = new Map<string, Reach>();
    for (const { user, workspaceIds } of sockets) {
      if (reach === null) break;
      for (const workspaceId of workspaceIds.keys()) {
        if (is.has(workspaceId)) continue;
        is.set(workspaceId, reach);
        const known = told.get(workspaceId);
        if (known?.attention === reach.attention && known.desktop === reach.desktop) continue;
        add(workspaceId, { kind: 'connection', userId, user, reach });
      }
    }
    for (const workspaceId of told.keys()) {
      if (!is.has(workspaceId)) add(workspaceId, { kind: 'connection', userId, user: null });
    }
    if (is.size > 0) this.toldConnections.set(userId, is);
    else this.toldConnections.delete(userId);
  }

  private settleEntry(
    userId: string,
    documentId: string,
    add: (workspaceId: string, change: PresenceChange) => void,
  ): void {
    const told = this.toldEntries.get(userId)?.get(documentId);
    const entries: Entry[] = [];
    let workspaceId = told?.workspaceId;
    for (const { user, stays } of this.socketsOf.get(userId) ?? []) {
      const stay = stays.get(documentId);
      if (!stay) continue;
      workspaceId = stay.workspaceId;
      const { phase, since, unsaved, attention } = stay;
      entries.push({ user, phase, since, unsaved, attention });
    }
    const entry = mergeEntries(entries);
    if (workspaceId === undefined || sameEntry(told?.entry ?? null, entry)) return;
    add(workspaceId, { kind: 'document', documentId, userId, entry });
    const tellings = this.toldEntries.get(userId) ?? new Map();
    if (entry) this.toldEntries.set(userId, tellings.set(documentId, { workspaceId, entry }));
    else if (tellings.delete(documentId) && tellings.size === 0) this.toldEntries.delete(userId);
  }
}

/** What the tab told of itself, else its most active stay. */
function reachOf({ reach, stays, inherited }: TrackedSocket): Reach {
  if (reach !== null) return reach;
  const attention = [...stays.values()].map((stay) => stay.attention);
  return attention.length > 0 ? { ...inherited, attention: attention.reduce(mostActive) } : inherited;
}
