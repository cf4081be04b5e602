import {
  type Ack,
  type ClientAnswer,
  type ClientEventName,
  type ClientPayload,
  type ClientToServerEvents,
  type Document,
  PROTOCOL_VERSION,
  type ServerToClientEvents,
  type SocketErrorCode,
} from '@doclight/protocol';
import { io, type Socket } from 'socket.io-client';
import { createTabId } from './tab-id';

export type DoclightSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

const ANSWER_WITHIN_MS = 10_000;

let socket: DoclightSocket | undefined;

/** The one socket of this tab. It lives as long as the tab, across pages; it is not yet connected. */
export function getSocket(): DoclightSocket {
  socket ??= io({
    autoConnect: false,
    transports: ['websocket'],
    auth: { protocol: PROTOCOL_VERSION, tab: createTabId() },
    reconnectionDelay: 300,
    reconnectionDelayMax: 4_000,
  });
  return socket;
}

/** A negative acknowledgement, or none in time (`code` null). */
export class SocketRequestError extends Error {
  readonly code: SocketErrorCode | null;
  /** With REVISION_CONFLICT: the document as it is by now. */
  readonly current: Document | undefined;

  constructor(code: SocketErrorCode | null, message: string, current?: Document) {
    super(message);
    this.name = 'SocketRequestError';
    this.code = code;
    this.current = current;
  }
}

/**
 * Sends an event and waits for its acknowledgement, at most 10 s. Nothing is queued while offline:
 * whoever needs it sends again on `connect`.
 * @throws {SocketRequestError}
 */
export function send<E extends ClientEventName>(
  event: E,
  payload: ClientPayload<E>,
): Promise<ClientAnswer<E>> {
  const target = getSocket();
  if (!target.connected) return Promise.reject(new SocketRequestError(null, 'offline'));
  return new Promise((resolve, reject) => {
    const answered = (timeout: Error | null, answer?: Ack<ClientAnswer<E>>): void => {
      if (timeout || !answer) reject(new SocketRequestError(null, 'no answer in time'));
      else if (answer.ok) resolve(answer.data);
      else {
        const { code, message, current } = answer.error;
        reject(new SocketRequestError(code, message, current));
      }
    };
    // Socket.IO cannot follow that the acknowledgement belongs to the generic event.
    const emit = target.timeout(ANSWER_WITHIN_MS).emit as (
      event: string,
      payload: unknown,
      ack: typeof answered,
    ) => unknown;
    emit.call(target, event, payload, answered);
  });
}
