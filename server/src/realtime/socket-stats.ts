import { Occurrences } from '../common/occurrences.js';

/** What this gateway's sockets did since it started. */
export class SocketStats {
  /** `accepted`, the code of the refusal, or `INTERNAL` where a handshake could not be checked. */
  readonly connects = new Occurrences<[outcome: string]>();
  /** By Socket.IO's reason. @see https://socket.io/docs/v4/server-socket-instance/#disconnect */
  readonly disconnects = new Occurrences<[reason: string]>();
  /** `ok`, the code of the error, or `gone` where the socket was before its turn came. */
  readonly events = new Occurrences<[event: string, outcome: string]>();
  /** Clients that were cut off because they did not read. */
  cutOff = 0;
}

/** Bytes on the wire, frames and handshakes of WebSocket included. */
export interface Traffic {
  readonly sent: number;
  readonly received: number;
}
