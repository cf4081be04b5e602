import type { ServerEventName } from '@doclight/protocol';
import type { DoclightSocket } from './socket-types.js';

/** One event, encoded once for however many sockets are sent it. */
export interface EventFrame {
  /** As a Socket.IO packet, for Engine.IO to encode where it has to queue. */
  readonly packet: string;
  /** The whole WebSocket frame. */
  readonly bytes: Buffer;
}

/** Most bytes of a payload whose length stands in the first two bytes of a frame, and in two more. */
const SMALL_BYTES = 125;
const MEDIUM_BYTES = 65_535;
/** A final frame of text. @see https://datatracker.ietf.org/doc/html/rfc6455#section-5.2 */
const FINAL_TEXT = 0x81;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/**
 * Encodes an event of the main namespace.
 * @param payload JSON
 * @see https://socket.io/docs/v4/socket-io-protocol/#packet-encoding `2` an event, and `4` before it an
 * Engine.IO message
 */
export function encodeEvent(event: ServerEventName, payload: string): EventFrame {
  const packet = `2["${event}",${payload}]`;
  // Counted and written in one step each: a frame may be large, and is built for every window.
  const length = Buffer.byteLength(packet) + 1;
  const header = length <= SMALL_BYTES ? 2 : length <= MEDIUM_BYTES ? 4 : 10;
  const bytes = Buffer.allocUnsafe(header + length);
  bytes[0] = FINAL_TEXT;
  if (header === 2) bytes[1] = length;
  else if (header === 4) {
    bytes[1] = LENGTH_IN_2_BYTES;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = LENGTH_IN_8_BYTES;
    bytes.writeUInt32BE(0, 2);
    bytes.writeUInt32BE(length, 6);
  }
  bytes.write('4', header, 'latin1');
  bytes.write(packet, header + 1, 'utf8');
  return { packet, bytes };
}

/**
 * Sends a frame. Where nothing waits before it, it goes straight to the connection below: Engine.IO's way
 * (a packet, its options, a queue, six events) costs as much again as the system call. Where something
 * waits, it waits behind it in Engine.IO's queue, so that the order of what a socket is sent never changes.
 */
export function sendFrame(socket: DoclightSocket, frame: EventFrame): void {
  const conn = socket.conn as unknown as EngineSocket;
  const { transport } = conn;
  const ws = transport.socket;
  const below = ws?._socket;
  if (
    below &&
    ws.readyState === OPEN &&
    conn.readyState === 'open' &&
    transport.writable &&
    conn.writeBuffer.length === 0 &&
    below.writableLength === 0 &&
    !transport.perMessageDeflate
  ) {
    below.write(frame.bytes);
  } else {
    conn.write(frame.packet, { compress: false, wsPreEncodedFrame: [frame.bytes] });
  }
}

/** `WebSocket.OPEN` */
const OPEN = 1;

/**
 * What Engine.IO 6.6 and ws 8 hold and do not declare. `wsPreEncodedFrame` is what Socket.IO's own adapter
 * hands to Engine.IO for a broadcast.
 */
interface EngineSocket {
  readonly readyState: string;
  readonly writeBuffer: readonly unknown[];
  readonly transport: {
    readonly writable: boolean;
    readonly perMessageDeflate?: unknown;
    readonly socket?: {
      readonly readyState: number;
      readonly _socket?: { readonly writableLength: number; write(bytes: Buffer): boolean };
    };
  };
  write(packet: string, options: { compress: boolean; wsPreEncodedFrame: readonly Buffer[] }): void;
}
