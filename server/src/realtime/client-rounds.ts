import type { Client } from './client.js';
import type { ClientRegistry } from './client-registry.js';
import type { DoclightSocket } from './socket-types.js';

/** How often to call `tick`, in milliseconds. */
export const TICK_MS = 1_000;
/** Every client is looked at once in so many ticks: to look at ten thousand each second is a hundredth of a core. */
const TICKS_A_ROUND = 5;
/** A session that ends before its client's next turn, with two to spare, is watched by itself, in milliseconds. */
const SOON_MS = (2 * TICKS_A_ROUND + 1) * TICK_MS;
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

/** What is found. */
export interface Findings {
  /** A client does not take what it is sent, and fills the memory. */
  slow(client: Client, unsent: Unsent): void;
  /** Sessions are over, or were until somebody extended them. */
  expired(clients: readonly Client[]): void;
}

/** Looks at all clients in turn: whether they take what they are sent, and whether their session has ended. */
export class ClientRounds {
  private turn: Iterator<Client> | undefined;
  private readonly endingSoon = new Set<Client>();

  constructor(
    private readonly clients: ClientRegistry,
    private readonly findings: Findings,
  ) {}

  /** @param now in milliseconds since 1970 */
  tick(now: number): void {
    for (let left = Math.ceil(this.clients.size / TICKS_A_ROUND); left > 0; left -= 1) {
      this.turn ??= this.clients.each();
      const { done, value } = this.turn.next();
      if (done) {
        this.turn = undefined;
        break;
      }
      this.look(value, now);
    }
    const expired = [...this.endingSoon].filter(({ session }) => session.expiresAt.getTime() <= now);
    for (const client of expired) this.endingSoon.delete(client);
    if (expired.length > 0) this.findings.expired(expired);
  }

  /** A client is there, or has another session than before. @param now in milliseconds since 1970 */
  watch(client: Client, now: number): void {
    if (client.session.expiresAt.getTime() <= now + SOON_MS) this.endingSoon.add(client);
    else this.endingSoon.delete(client);
  }

  forget(client: Client): void {
    this.endingSoon.delete(client);
  }

  private look(client: Client, now: number): void {
    this.watch(client, now);
    const unsent = tooMuchUnsent(client.socket);
    if (unsent) this.findings.slow(client, unsent);
  }
}

/** What waits for a client that does not read; null where it is not too much. */
function tooMuchUnsent(socket: DoclightSocket): Unsent | null {
  const { writeBuffer, transport } = socket.conn as unknown as Buffers;
  const bytes = transport.socket?.bufferedAmount ?? 0;
  const packets = writeBuffer.length;
  return bytes > MOST_BUFFERED_BYTES || packets > MOST_BUFFERED_PACKETS ? { bytes, packets } : null;
}
