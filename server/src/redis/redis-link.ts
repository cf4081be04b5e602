import { createClient, createCluster } from 'redis';
import { RedisStats } from './redis-stats.js';

/** A command is given up after this long, in milliseconds: a Redis that hangs holds nobody back. */
const COMMAND_TIMEOUT_MS = 1_000;
const RECONNECT_MS = { step: 50, most: 500 };
/** An idle connection is asked this often, in milliseconds, so that a half-open one is noticed. */
const PING_EVERY_MS = 1_000;
/** A connection on which nothing has come in for so long, in milliseconds, is opened anew. */
const SILENT_MS = 4_000;

type Listener = (message: string) => void;
type BufferListener = (message: Buffer, channel: Buffer) => void;

/** A Lua script, and what it is called. */
export interface RedisScript {
  readonly name: string;
  readonly source: string;
}

/** Redis did not answer in time. */
class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** What one server's client and a cluster's have in common, as far as it is used here. */
interface Connection {
  connect(): Promise<unknown>;
  destroy(): unknown;
  eval(source: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  sMembers(key: string): Promise<string[]>;
  sSubscribe(channel: string, listener: Listener): Promise<void>;
  sSubscribe(channel: string, listener: BufferListener, bufferMode: true): Promise<void>;
  sPublish(channel: string, message: string | Buffer): Promise<number>;
  sUnsubscribe(channel: string, listener: Listener): Promise<void>;
}

/**
 * Redis, one server or a cluster: a connection for commands and one for subscriptions. Commands
 * fail at once while Redis is away and give up after a second where it hangs: nothing is queued, and
 * callers catch up afterwards. The connections heal by themselves.
 */
export class RedisLink {
  readonly stats = new RedisStats();
  private readonly commands: Connection;
  private readonly subscriber: Connection;

  /**
   * @param url one address, or several joined by commas for a cluster
   * @param onError told of every error of the connections
   */
  constructor(url: string, onError: (error: Error) => void) {
    this.commands = open(url, onError, true);
    this.subscriber = open(url, onError, false);
  }

  /** Begins to connect. Does not wait: with Redis absent that would never end. */
  start(): void {
    for (const connection of [this.commands, this.subscriber]) connection.connect().catch(() => {});
  }

  stop(): void {
    for (const connection of [this.commands, this.subscriber]) {
      try {
        connection.destroy();
      } catch {
        // Was never open.
      }
    }
  }

  /**
   * Runs a Lua script. It is sent whole every time: by its digest alone, a Redis that does not know
   * it yet would have it sent again, after commands that were to come later.
   * @throws where Redis does not answer within a second
   */
  async run({ name, source }: RedisScript, keys: string[], args: string[]): Promise<unknown> {
    return this.measure(name, this.commands.eval(source, { keys, arguments: args }));
  }

  membersOfSet(key: string): Promise<string[]> {
    return this.measure('smembers', this.commands.sMembers(key));
  }

  /** Hears a sharded channel. The subscription outlives reconnects; what is sent meanwhile is lost. */
  subscribe(channel: string, listener: Listener): Promise<void> {
    return this.measure('ssubscribe', this.subscriber.sSubscribe(channel, listener));
  }

  /** As `subscribe`, with bytes. */
  subscribeToBytes(channel: string, listener: BufferListener): Promise<void> {
    return this.measure('ssubscribe', this.subscriber.sSubscribe(channel, listener, true));
  }

  publish(channel: string, message: string | Buffer): Promise<number> {
    return this.measure('spublish', this.commands.sPublish(channel, message));
  }

  unsubscribe(channel: string, listener: Listener): Promise<void> {
    return this.measure('sunsubscribe', this.subscriber.sUnsubscribe(channel, listener));
  }

  /** Waits no longer than a command may take, and takes note of how long that was. */
  private async measure<T>(command: string, answer: Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      const answered = await inTime(answer);
      this.stats.commands.observe((performance.now() - began) / 1_000, command);
      return answered;
    } catch (error) {
      this.stats.failures.add(command, error instanceof TimeoutError ? 'timeout' : 'error');
      throw error;
    }
  }
}

function open(url: string, onError: (error: Error) => void, failOffline: boolean): Connection {
  const urls = url.split(',').map((one) => one.trim());
  const options = {
    disableOfflineQueue: failOffline,
    pingInterval: PING_EVERY_MS,
    socket: {
      connectTimeout: COMMAND_TIMEOUT_MS,
      socketTimeout: SILENT_MS,
      reconnectStrategy: (retries: number) => Math.min((retries + 1) * RECONNECT_MS.step, RECONNECT_MS.most),
    },
  };
  const [first] = urls;
  const connection =
    urls.length > 1
      ? createCluster({ rootNodes: urls.map((one) => ({ url: one })), defaults: options })
      : createClient({ ...options, ...(first === undefined ? {} : { url: first }) });
  connection.on('error', onError);
  // The two clients differ in generics only; what is used of them is the same.
  return connection as unknown as Connection;
}

async function inTime<T>(command: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new TimeoutError(`Redis did not answer within ${COMMAND_TIMEOUT_MS} ms`)),
      COMMAND_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([command, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
