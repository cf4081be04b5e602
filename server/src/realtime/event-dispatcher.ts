import {
  type Ack,
  type ClientAnswer,
  type ClientEventName,
  type ClientPayload,
  clientEvents,
  MAX_SOCKET_PAYLOAD_BYTES,
  type SocketError,
  type SocketErrorCode,
  socketErrorCodes,
} from '@doclight/protocol';
import type { Logger } from 'pino';
import { withLogContext } from '../common/log-context.js';
import { ProblemError } from '../common/problem.js';
import type { Client } from './client.js';
import { SocketFailure } from './socket-failure.js';
import type { SocketStats } from './socket-stats.js';

/**
 * Works on one event of a client. It answers, or throws a SocketFailure, or a ProblemError with a code that
 * sockets know as well.
 */
export type EventHandler<E extends ClientEventName> = (
  client: Client,
  payload: ClientPayload<E>,
) => ClientAnswer<E> | Promise<ClientAnswer<E>>;

type AnyAck = (answer: Ack<unknown>) => void;

/**
 * Takes every event of every client: limits, checks, calls the feature's handler and acknowledges.
 * Whatever a client sends, the answer is an acknowledgement.
 */
export class EventDispatcher {
  private readonly handlers = new Map<string, EventHandler<ClientEventName>>();

  constructor(
    private readonly log: Logger,
    private readonly stats: SocketStats,
  ) {}

  handle<E extends ClientEventName>(event: E, handler: EventHandler<E>): void {
    if (this.handlers.has(event)) throw new Error(`two handlers for ${event}`);
    this.handlers.set(event, handler as unknown as EventHandler<ClientEventName>);
  }

  /** @param args what the client sent along, the acknowledgement last if it wants one */
  dispatch(client: Client, event: string, args: readonly unknown[]): void {
    const last = args.at(-1);
    const ack = typeof last === 'function' ? (last as AnyAck) : undefined;
    const bytes = client.takeEventBytes();
    let payload: ClientPayload<ClientEventName>;
    let handler: EventHandler<ClientEventName>;
    try {
      [handler, payload] = this.admit(client, event, bytes, args[0] === ack ? undefined : args[0]);
    } catch (error) {
      withLogContext(client.logContext, () => this.refuse(event, error, ack));
      return;
    }
    // One after the other: a slow look-up must not let a later event overtake.
    const run = () => withLogContext(client.logContext, () => this.run(client, event, handler, payload, ack));
    const work = client.pending ? client.pending.then(run) : run();
    const settled: Promise<void> = work.finally(() => {
      if (client.pending === settled) client.pending = null;
    });
    client.pending = settled;
  }

  private admit(
    client: Client,
    event: string,
    bytes: number,
    payload: unknown,
  ): [EventHandler<ClientEventName>, ClientPayload<ClientEventName>] {
    if (!client.bucket.take(Date.now())) {
      throw new SocketFailure('RATE_LIMITED', 'Too many events at once: send fewer, and this one again.');
    }
    const handler = this.handlers.get(event);
    if (!handler || !Object.hasOwn(clientEvents, event)) {
      throw new SocketFailure(
        'UNKNOWN_EVENT',
        `This server knows no such event. It knows ${[...this.handlers.keys()].join(', ')}.`,
      );
    }
    if (bytes > MAX_SOCKET_PAYLOAD_BYTES) {
      throw new SocketFailure(
        'INVALID_PAYLOAD',
        `The message is larger than ${MAX_SOCKET_PAYLOAD_BYTES} bytes.`,
      );
    }
    const parsed = clientEvents[event as ClientEventName].payload.safeParse(payload);
    if (!parsed.success) {
      const issues = parsed.error.issues.slice(0, 10).map(({ path, message }) => {
        return path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message;
      });
      throw new SocketFailure('INVALID_PAYLOAD', `The payload does not fit: ${issues.join('; ')}.`);
    }
    return [handler, parsed.data];
  }

  private async run(
    client: Client,
    event: string,
    handler: EventHandler<ClientEventName>,
    payload: ClientPayload<ClientEventName>,
    ack: AnyAck | undefined,
  ): Promise<void> {
    try {
      // Gone while it waited: an effect now would be a ghost.
      if (!client.socket.connected) {
        this.stats.events.add(event, 'gone');
        return;
      }
      const data = await handler(client, payload);
      this.stats.events.add(event, 'ok');
      ack?.({ ok: true, data });
    } catch (error) {
      this.refuse(event, error, ack);
    }
  }

  private refuse(event: string, error: unknown, ack: AnyAck | undefined): void {
    const known = asSocketError(error);
    if (!known) this.log.error({ err: error, event }, 'a socket event failed');
    const message = 'Something went wrong here; it has been logged. Try again later.';
    // A name that a client made up is no label.
    this.stats.events.add(this.handlers.has(event) ? event : 'unknown', known?.code ?? 'INTERNAL');
    ack?.({ ok: false, error: known ?? { code: 'INTERNAL', message } });
  }
}

/** What a client is told of an error; undefined: it was not meant for clients. */
function asSocketError(error: unknown): SocketError | undefined {
  if (error instanceof SocketFailure) return { code: error.code, message: error.message };
  if (!(error instanceof ProblemError) || !isSocketCode(error.code)) return undefined;
  const { code, message, extra } = error;
  // What a problem document has beside its own members is what the protocol names for both.
  return { code, message, ...(extra as Pick<SocketError, 'current' | 'fenced'>) };
}

function isSocketCode(code: string): code is SocketErrorCode {
  return (socketErrorCodes as readonly string[]).includes(code);
}
