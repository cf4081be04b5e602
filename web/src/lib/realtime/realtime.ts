import type { DocumentOpened, EventList, MembershipChanged, UsersCount } from '@doclight/protocol';
import { madeThumbnails, rememberThumbnails } from '../documents/made-thumbnails';
import { RightOfWay } from '../editing/right-of-way';
import { createStore, type Store } from '../store';
import { watchAttention } from './attention';
import { startConnection } from './connection';
import { Dashboards } from './dashboards';
import { EventLog } from './event-log';
import { reach, startNotices } from './notices';
import { OwnPresenceKeeper } from './own-presence';
import { getSocket, SocketRequestError, send } from './socket';

/** What the app around it does when the server says so. */
export interface RealtimeHandlers {
  /** The session may be over: ask who is signed in. */
  onSessionLost(): void;
  onMembershipChanged(change: MembershipChanged): void;
  /** `GET /api/workspaces/:id/events?after=`. */
  fetchEvents(workspaceId: string, after: string): Promise<EventList>;
  /** Connected for the first time: what was fetched before has not been followed. */
  onFirstConnect(): void;
  /** It cannot be known what was missed: fetch again what is shown. */
  onMissed(): void;
  /** Workspaces whose events this tab follows. */
  workspaceIds(): readonly string[];
}

const RETRY_LIMITED_MS = 1_000;

export const dashboards = new Dashboards(
  (workspaceId, documentIds) =>
    send('dashboard:join', documentIds ? { workspaceId, documentIds } : { workspaceId }),
  (workspaceId) => {
    send('dashboard:leave', { workspaceId }).catch(ignoreOffline);
  },
);

export const eventLog = new EventLog();

/** Who is connected, by workspace id. */
export const usersStore: Store<ReadonlyMap<string, UsersCount>> = createStore<
  ReadonlyMap<string, UsersCount>
>(new Map());

const openedListeners = new Set<(opened: DocumentOpened) => void>();

/** Calls `listener` when somebody enters the document this tab is in. */
export function onDocumentOpened(listener: (opened: DocumentOpened) => void): () => void {
  openedListeners.add(listener);
  return () => openedListeners.delete(listener);
}

export const ownPresence: OwnPresenceKeeper = new OwnPresenceKeeper({
  set(payload) {
    send('presence:set', payload).then(
      ({ presence }) => dashboards.onDocument(presence),
      (error: unknown) => {
        if (error instanceof SocketRequestError && error.code === 'RATE_LIMITED')
          setTimeout(() => ownPresence.announce(), RETRY_LIMITED_MS);
      },
    );
  },
  clear(documentId) {
    send('presence:clear', { documentId }).catch(ignoreOffline);
  },
});

export const rightOfWay = new RightOfWay(send);

/** Whoever is offline has left already, as far as the server can see. */
function ignoreOffline(error: unknown): void {
  if (!(error instanceof SocketRequestError)) throw error;
}

/**
 * Connects this tab and routes what the server sends. One socket for all pages.
 * @returns disconnects and stops
 */
export function startRealtime(handlers: RealtimeHandlers): () => void {
  const socket = getSocket();
  let connectedBefore = false;
  const catchUp = async (): Promise<void> => {
    const caughtUp = await Promise.all(
      handlers
        .workspaceIds()
        .map((id) => eventLog.catchUp(id, (after) => handlers.fetchEvents(id, after)).catch(() => false)),
    );
    if (caughtUp.includes(false)) handlers.onMissed();
  };
  const onConnect = (): void => {
    dashboards.onConnect();
    ownPresence.announce();
    rightOfWay.reconnected();
    if (connectedBefore) void catchUp();
    else handlers.onFirstConnect();
    connectedBefore = true;
  };
  socket.on('connect', onConnect);
  socket.on('presence:diff', (diff) => dashboards.onDiff(diff));
  socket.on('document:presence', (presence) => dashboards.onDocument(presence));
  socket.on('users:count', (count) => usersStore.update((all) => new Map(all).set(count.workspaceId, count)));
  socket.on('document:saved', (event) => eventLog.receive({ type: 'document:saved', ...event }));
  socket.on('document:created', (event) => eventLog.receive({ type: 'document:created', ...event }));
  socket.on('document:deleted', (event) => eventLog.receive({ type: 'document:deleted', ...event }));
  socket.on('thumbnails:made', rememberThumbnails);
  socket.on('document:opened', (opened) => {
    for (const listener of [...openedListeners]) listener(opened);
  });
  socket.on('edit:lease', (lease) => rightOfWay.onLease(lease));
  socket.on('edit:request', (request) => rightOfWay.onRequest(request));
  socket.on('membership:changed', handlers.onMembershipChanged);
  const stopNotices = startNotices(socket);
  const stopAttention = watchAttention((attention, look) => {
    ownPresence.attend(attention);
    reach.attend(look);
  });
  const disconnect = startConnection(handlers.onSessionLost);
  return () => {
    stopAttention();
    disconnect();
    socket.off();
    // Whoever signs in next in this tab must see nothing of this session.
    dashboards.forget();
    eventLog.forget();
    ownPresence.forget();
    rightOfWay.forget();
    usersStore.set(new Map());
    madeThumbnails.set(new Map());
    stopNotices();
  };
}
