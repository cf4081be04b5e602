import {
  type Ack,
  type ClientAnswer,
  type ClientEventName,
  type ClientPayload,
  type ClientToServerEvents,
  SESSION_COOKIE,
  type ServerEventName,
  type ServerPayload,
  type ServerToClientEvents,
} from '@doclight/protocol';
import { io, type Socket } from 'socket.io-client';

/** How a test socket connects. */
export interface SocketOptions {
  /** The Origin header; null: none. Left out: the server's own. */
  readonly origin?: string | null;
  readonly auth?: Readonly<Record<string, unknown>>;
  /** Comes back by itself after a loss, as stock clients do. Default: false. */
  readonly reconnection?: boolean;
}

/** One event that came, and when, in milliseconds of `performance.now()`. */
export interface Received {
  readonly event: string;
  readonly payload: unknown;
  readonly at: number;
}

const PATIENCE_MS = 6_000;

/** A client of the socket contract that forgets nothing: an event that came before it is asked for counts. */
export class TestSocket {
  readonly received: Received[] = [];
  /** Up to where `next` has looked, by event. */
  private readonly positions = new Map<string, number>();
  private readonly waiters = new Set<() => void>();

  private constructor(readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>) {
    socket.onAny((event: string, payload: unknown) => {
      this.received.push({ event, payload, at: performance.now() });
      this.wake();
    });
    socket.on('disconnect', () => this.wake());
  }

  /**
   * Connects over WebSocket.
   * @throws Error with the `connect_error` message where the handshake is refused
   */
  static async open(
    serverUrl: string,
    session: string | undefined,
    options: SocketOptions,
  ): Promise<TestSocket> {
    const { origin, auth, reconnection = false } = options;
    const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(serverUrl, {
      transports: ['websocket'],
      forceNew: true,
      reconnection,
      reconnectionDelay: 100,
      extraHeaders: {
        ...(session === undefined ? {} : { cookie: `${SESSION_COOKIE}=${session}` }),
        ...(origin === null ? {} : { origin: origin ?? serverUrl }),
      },
      ...(auth === undefined ? {} : { auth: { ...auth } }),
    });
    // Before the handshake ends: the first events come along with its answer.
    const opened = new TestSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error) => {
        socket.disconnect();
        reject(error);
      });
    });
    return opened;
  }

  /** Sends anything at all, and gives the acknowledgement. */
  async emitRaw(event: string, ...args: unknown[]): Promise<Ack<unknown>> {
    const socket = this.socket as unknown as Socket;
    return (await socket.timeout(PATIENCE_MS).emitWithAck(event, ...args)) as Ack<unknown>;
  }

  /** Sends an event of the contract, and gives what was acknowledged. */
  async emitAck<E extends ClientEventName>(
    event: E,
    payload: ClientPayload<E>,
  ): Promise<Ack<ClientAnswer<E>>> {
    return (await this.emitRaw(event, payload)) as Ack<ClientAnswer<E>>;
  }

  /** As `emitAck`. @throws Error where it was refused */
  async ask<E extends ClientEventName>(event: E, payload: ClientPayload<E>): Promise<ClientAnswer<E>> {
    const ack = await this.emitAck(event, payload);
    if (!ack.ok) throw new Error(`${event} was refused: ${ack.error.code} ${ack.error.message}`);
    return ack.data;
  }

  /**
   * The next event of a kind that fits, after the one that was asked for last. It may have come
   * already; those before it that do not fit are passed over.
   * @throws Error where none comes in time
   */
  async next<E extends ServerEventName>(
    event: E,
    fits: (payload: ServerPayload<E>) => boolean = () => true,
  ): Promise<ServerPayload<E>> {
    const look = (): ServerPayload<E> | undefined => {
      for (let at = this.positions.get(event) ?? 0; at < this.received.length; at += 1) {
        const candidate = this.received[at];
        if (candidate?.event !== event) continue;
        const payload = candidate.payload as ServerPayload<E>;
        if (!fits(payload)) continue;
        this.positions.set(event, at + 1);
        return payload;
      }
      return undefined;
    };
    const seen = () => JSON.stringify(this.all(event)).slice(-1_500);
    return this.until(look, () => `no ${event} that fits came; there were ${seen()}`);
  }

  /** Everything of a kind that has come so far. */
  all<E extends ServerEventName>(event: E): ServerPayload<E>[] {
    return this.received
      .filter((one) => one.event === event)
      .map(({ payload }) => payload as ServerPayload<E>);
  }

  /** Resolves when the connection has ended. */
  async closed(): Promise<void> {
    await this.until(
      () => (this.socket.connected ? undefined : true),
      () => 'the connection stays open',
    );
  }

  /** Cuts the connection without a word, as a lost network or a closed tab does. */
  drop(): void {
    this.socket.io.engine.close();
  }

  close(): void {
    this.socket.disconnect();
  }

  private wake(): void {
    for (const waiter of this.waiters) waiter();
  }

  private until<T>(look: () => T | undefined, complaint: () => string): Promise<T> {
    return new Promise((resolve, reject) => {
      const attempt = () => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(timer);
        this.waiters.delete(attempt);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.waiters.delete(attempt);
        reject(new Error(`After ${PATIENCE_MS / 1000} s: ${complaint()}`));
      }, PATIENCE_MS);
      this.waiters.add(attempt);
      attempt();
    });
  }
}
