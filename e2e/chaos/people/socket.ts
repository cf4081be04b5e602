import {
  type Ack,
  type ClientAnswer,
  type ClientEventName,
  type ClientPayload,
  type ClientToServerEvents,
  type Document,
  PROTOCOL_VERSION,
  type ServerToClientEvents,
} from '@doclight/protocol';
import { io, type Socket } from 'socket.io-client';
import type { Identity } from '../stack/rest.js';
import type { ClientLink } from './client-link.js';

export type ClientSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** As long as the web client waits, in milliseconds. */
const ANSWER_WITHIN_MS = 10_000;
/** As the web client does after the server hung up, and after a refusal. */
const AGAIN_AFTER_MS = { hungUp: 1_000, refused: 5_000 };

/** Where a socket connects to, and as whom. */
export interface Place {
  readonly url: string;
  /** The origin that the server allows. */
  readonly origin: string;
  readonly identity: Identity;
  readonly link: ClientLink;
  /** The browser tab's own name, which a reload keeps. */
  readonly tab: string;
}

/** Opens a socket with the options of the web client, that comes back as that one does. */
export function openSocket({ url, origin, identity, link, tab }: Place): ClientSocket {
  const socket: ClientSocket = io(url, {
    forceNew: true,
    transports: ['websocket'],
    auth: { protocol: PROTOCOL_VERSION, tab },
    reconnectionDelay: 300,
    reconnectionDelayMax: 4_000,
    extraHeaders: { cookie: identity.cookie, origin },
    // The types know browsers only; in Node it is an http.Agent.
    agent: link as unknown as string,
  });
  let again: NodeJS.Timeout | undefined;
  const connectAfter = (ms: number): void => {
    clearTimeout(again);
    again = setTimeout(() => socket.connect(), ms);
  };
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') connectAfter(AGAIN_AFTER_MS.hungUp);
    if (reason === 'io client disconnect') clearTimeout(again);
  });
  socket.on('connect_error', () => {
    if (!socket.active) connectAfter(AGAIN_AFTER_MS.refused);
  });
  return socket;
}

/** A negative acknowledgement, or none in time (`code` null). */
export class Refused extends Error {
  constructor(
    readonly code: string | null,
    message: string,
    /** With a conflict: the document as it is by now. */
    readonly current?: Document,
  ) {
    super(message);
  }
}

/**
 * Sends an event and waits for its acknowledgement. Nothing is queued while offline.
 * @throws Refused
 */
export function send<E extends ClientEventName>(
  socket: ClientSocket,
  event: E,
  payload: ClientPayload<E>,
): Promise<ClientAnswer<E>> {
  if (!socket.connected) return Promise.reject(new Refused(null, 'offline'));
  return new Promise((resolve, reject) => {
    const answered = (timeout: Error | null, answer?: Ack<ClientAnswer<E>>): void => {
      if (timeout || !answer) reject(new Refused(null, 'no answer in time'));
      else if (answer.ok) resolve(answer.data);
      else reject(new Refused(answer.error.code, answer.error.message, answer.error.current));
    };
    // Socket.IO cannot follow that the acknowledgement belongs to the generic event.
    const emit = socket.timeout(ANSWER_WITHIN_MS).emit as (
      event: string,
      payload: unknown,
      ack: typeof answered,
    ) => unknown;
    emit.call(socket, event, payload, answered);
  });
}
