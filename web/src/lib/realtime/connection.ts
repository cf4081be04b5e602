import type { ConnectErrorCode } from '@doclight/protocol';
import { createStore, type Store, useStore } from '../store';
import { getSocket } from './socket';

/** How this tab is connected. `refused` means that the server said no and why. */
export interface Connection {
  readonly status: 'connecting' | 'online' | 'offline' | 'refused';
  readonly refusal: ConnectErrorCode | null;
  /** When the socket was last known to be alive, epoch milliseconds; null before the first time. */
  readonly lastOnline: number | null;
}

/** Interruptions shorter than this are not worth a word. */
const QUIET_MS = 1_000;
const RETRY_REFUSED_MS = 5_000;

export const connectionStore: Store<Connection> = createStore<Connection>({
  status: 'connecting',
  refusal: null,
  lastOnline: null,
});

/**
 * True once the connection has been away for more than a second: what is shown is then of the past,
 * and says so.
 */
export const staleStore: Store<boolean> = createStore(false);

/** Since when what is shown may be out of date, epoch milliseconds, or null while it is live. */
export function useStaleSince(): number | null {
  const stale = useStore(staleStore, (value) => value);
  const lastOnline = useStore(connectionStore, (connection) => connection.lastOnline);
  return stale ? lastOnline : null;
}

/**
 * Connects the tab's socket and follows it.
 * @param onSessionLost called when the server may have ended the session: ask who is signed in
 * @returns disconnects and stops
 */
export function startConnection(onSessionLost: () => void): () => void {
  const socket = getSocket();
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const onConnect = (): void => {
    clearTimeout(quiet);
    quiet = undefined;
    connectionStore.set({ status: 'online', refusal: null, lastOnline: Date.now() });
    staleStore.set(false);
  };
  const away = (status: 'offline' | 'refused', refusal: ConnectErrorCode | null): void => {
    connectionStore.update((current) => ({
      status,
      refusal,
      lastOnline: current.status === 'online' ? Date.now() : current.lastOnline,
    }));
    quiet ??= setTimeout(() => staleStore.set(true), QUIET_MS);
  };
  const onDisconnect = (reason: string): void => {
    away('offline', null);
    // Socket.IO does not reconnect by itself when the server hung up: a session ended, or it was
    // told to. If the session still holds, come back.
    if (reason === 'io server disconnect') {
      onSessionLost();
      retry = setTimeout(() => socket.connect(), QUIET_MS);
    }
  };
  const onError = (error: Error): void => {
    const refusal = refusalOf(error);
    away(refusal ? 'refused' : 'offline', refusal);
    if (refusal === 'UNAUTHENTICATED') onSessionLost();
    // After a refusal Socket.IO gives up; a limit on connections passes when another tab closes.
    if (!socket.active) retry = setTimeout(() => socket.connect(), RETRY_REFUSED_MS);
  };

  socket.on('connect', onConnect);
  socket.on('disconnect', onDisconnect);
  socket.on('connect_error', onError);
  socket.connect();
  return () => {
    clearTimeout(quiet);
    clearTimeout(retry);
    socket.off('connect', onConnect);
    socket.off('disconnect', onDisconnect);
    socket.off('connect_error', onError);
    socket.disconnect();
    connectionStore.set({ status: 'connecting', refusal: null, lastOnline: null });
    staleStore.set(false);
  };
}

const REFUSALS: readonly string[] = [
  'UNAUTHENTICATED',
  'FORBIDDEN_ORIGIN',
  'TOO_MANY_CONNECTIONS',
  'UNSUPPORTED_PROTOCOL',
] satisfies ConnectErrorCode[];

function refusalOf(error: Error): ConnectErrorCode | null {
  return REFUSALS.includes(error.message) ? (error.message as ConnectErrorCode) : null;
}
