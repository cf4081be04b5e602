import type { Socket as NetSocket } from 'node:net';
import type { LogContext } from '../common/log-context.js';
import type { Session } from '../common/session.js';
import type { DoclightSocket } from './socket-types.js';
import { TokenBucket } from './token-bucket.js';

/** One connected socket, as features know it. */
export class Client {
  readonly id: string;
  /** Who it is; replaced when their rights change. */
  session: Session;
  /** The browser tab's own name, if it told one. */
  readonly tab: string | undefined;
  /** What is logged on its behalf carries these. */
  readonly logContext: LogContext;
  /** The connection under the WebSocket. */
  readonly wire: NetSocket;
  /** Limits events. */
  readonly bucket: TokenBucket;
  /** The events under way: they are worked on one after the other. Null: none. */
  pending: Promise<void> | null = null;
  /** Sizes of the events that have come in and were not dispatched yet, in bytes, oldest first. */
  private eventBytes: number[] | null = null;

  constructor(
    readonly socket: DoclightSocket,
    session: Session,
    tab: string | undefined,
    eventsPerSecond: number,
  ) {
    this.id = socket.id;
    this.session = session;
    this.tab = tab;
    this.logContext = { socketId: socket.id, userId: session.user.id };
    this.wire = socket.request.socket;
    this.bucket = new TokenBucket(eventsPerSecond, Date.now());
  }

  /**
   * Takes note of the size of a message. Several can come before the first of them is dispatched,
   * so each event keeps its own. Attachments are not counted: no payload of the contract has any.
   * @see https://socket.io/docs/v4/socket-io-protocol/#packet-encoding the digit that begins a message
   */
  received(message: unknown): void {
    if (typeof message !== 'string' || !/^[25]/.test(message)) return;
    this.eventBytes ??= [];
    this.eventBytes.push(Buffer.byteLength(message));
  }

  /** Size of the event that is dispatched now, in bytes. Call it once an event. */
  takeEventBytes(): number {
    const bytes = this.eventBytes?.shift() ?? 0;
    // Most sockets are silent most of the time, and there are many.
    if (this.eventBytes?.length === 0) this.eventBytes = null;
    return bytes;
  }
}

/** In place of the handshake of every socket that is connected. */
const HANDSHAKE_OVER = Object.freeze({});

/**
 * Lets go of the request that opened a socket and of what Socket.IO made of it: its headers, address and query would
 * be kept for as long as it is open, a fifth of all that is kept of it, cookie included.
 * @see https://socket.io/docs/v4/memory-usage/
 */
export function forgetRequest(socket: DoclightSocket): void {
  (socket.conn as { request: unknown }).request = null;
  (socket as { handshake: unknown }).handshake = HANDSHAKE_OVER;
}

/** Whether the request that opened a socket's connection is still there: with the first one connected on it, it goes. */
export function hasRequest({ conn }: DoclightSocket): boolean {
  return (conn as { request: unknown }).request !== null;
}
