import type { DoclightSocket } from './socket-types.js';

/** How much may wait for one client. */
const MOST_BUFFERED_BYTES = 4 * 1024 * 1024;
const MOST_BUFFERED_PACKETS = 2_000;

/** What a client has not taken yet. */
export interface Unsent {
  readonly bytes: number;
  readonly packets: number;
}

/** What Engine.IO and the WebSocket below it hide: how much a client has not taken yet. */
interface Buffers {
  readonly writeBuffer: readonly unknown[];
  readonly transport: { readonly socket?: { readonly bufferedAmount?: number } };
}

/** What waits for a client that does not read; null where it is not too much. */
export function tooMuchUnsent(socket: DoclightSocket): Unsent | null {
  const { writeBuffer, transport } = socket.conn as unknown as Buffers;
  const bytes = transport.socket?.bufferedAmount ?? 0;
  const packets = writeBuffer.length;
  return bytes > MOST_BUFFERED_BYTES || packets > MOST_BUFFERED_PACKETS ? { bytes, packets } : null;
}
