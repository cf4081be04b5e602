import {
  type ClientToServerEvents,
  PROTOCOL_VERSION,
  SESSION_COOKIE,
  type ServerEventName,
  type ServerPayload,
  type ServerToClientEvents,
} from '@doclight/protocol';
import { io, type Socket } from 'socket.io-client';
import type { Product } from './product.js';

/** A client of the socket contract, without a browser. */
export type ClientSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

const EVENT_MS = 5_000;

/**
 * Opens a socket as a stock client does, and waits for the handshake.
 * @param session value of the session cookie; none is sent where left out
 * @param auth the handshake's `auth`
 * @throws Error with the `connect_error` message where the handshake is refused
 */
export async function openSocket(
  product: Product,
  session?: string,
  auth: Readonly<Record<string, unknown>> = { protocol: PROTOCOL_VERSION },
): Promise<ClientSocket> {
  const cookie = session === undefined ? {} : { cookie: `${SESSION_COOKIE}=${session}` };
  const socket: ClientSocket = io(product.url, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { ...cookie, origin: product.url },
    auth: { ...auth },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
  return socket;
}

/**
 * The next event of a kind that fits. Ask before doing what causes it.
 * @throws Error where none comes within 5 s
 */
export function nextEvent<E extends ServerEventName>(
  socket: ClientSocket,
  name: E,
  fits: (payload: ServerPayload<E>) => boolean = () => true,
): Promise<ServerPayload<E>> {
  return new Promise((resolve, reject) => {
    const onAny = (event: string, payload: ServerPayload<E>): void => {
      if (event !== name || !fits(payload)) return;
      clearTimeout(timer);
      socket.offAny(onAny);
      resolve(payload);
    };
    const timer = setTimeout(() => {
      socket.offAny(onAny);
      reject(new Error(`No ${name} that fits came within ${EVENT_MS / 1000} s.`));
    }, EVENT_MS);
    socket.onAny(onAny);
  });
}
