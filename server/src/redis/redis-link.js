import { createClient, createCluster } from 'redis';

/** A command is given up after this long, in milliseconds: a Redis that hangs holds nobody back. */
const COMMAND_TIMEOUT_MS = 1_000;
const RECONNECT_MS = { step: 50, most: 500 };
/** An idle connection is asked this often, in milliseconds, so that a half-open one is noticed. */
const PING_EVERY_MS = 1_000;
/** A connection on which nothing has come in for so long, in milliseconds, is opened anew. */
const SILENT_MS = 4_000;
/**
 * Redis, one server or a cluster: a connection for commands and one for subscriptions. Commands
 * fail at once while Redis is away and give up after a second where it hangs: nothing is queued, and
 * callers catch up afterwards. The connections heal by themselves.
 */
export class RedisLink {
  commands;
  subscriber;
  /**
   * @param url one address, or several joined by commas for a cluster
   * @param onError told of every error of the connections
   */
  constructor(url, onError) {
    this.commands = open(url, onError, true);
    this.subscriber = open(url, onError, false);
  }
  /** Begins to connect. Does not wait: with Redis absent that would never end. */
  start() {
    for (const connection of [this.commands, this.subscriber]) connection.connect().catch(() => {});
  }
  stop() {
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
  async run(source, keys, args) {
    return inTime(this.commands.eval(source, { keys, arguments: args }));
  }
  membersOfSet(key) {
    return inTime(this.commands.sMembers(key));
  }
  /** Hears a sharded channel. The subscription outlives reconnects; what is sent meanwhile is lost. */
  subscribe(channel, listener) {
    return inTime(this.subscriber.sSubscribe(channel, listener));
  }
  /** As `subscribe`, with bytes. */
  subscribeToBytes(channel, listener) {
    return inTime(this.subscriber.sSubscribe(channel, listener, true));
  }
  publish(channel, message) {
    return inTime(this.commands.sPublish(channel, message));
  }
  unsubscribe(channel, listener) {
    return inTime(this.subscriber.sUnsubscribe(channel, listener));
  }
}
function open(url, onError, failOffline) {
  const urls = url.split(',').map((one) => one.trim());
  const options = {
    disableOfflineQueue: failOffline,
    pingInterval: PING_EVERY_MS,
    socket: {
      connectTimeout: COMMAND_TIMEOUT_MS,
      socketTimeout: SILENT_MS,
      reconnectStrategy: (retries) => Math.min((retries + 1) * RECONNECT_MS.step, RECONNECT_MS.most),
    },
  };
  const [first] = urls;
  const connection =
    urls.length > 1
      ? createCluster({ rootNodes: urls.map((one) => ({ url: one })), defaults: options })
      : createClient({ ...options, ...(first === undefined ? {} : { url: first }) });
  connection.on('error', onError);
  // The two clients differ in generics only; what is used of them is the same.
  return connection;
}
async function inTime(command) {
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Redis did not answer within ${COMMAND_TIMEOUT_MS} ms`)),
      COMMAND_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([command, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
//# sourceMappingURL=redis-link.js.map
