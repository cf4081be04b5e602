import { createShardedAdapter } from '@socket.io/redis-adapter';
import type { Logger } from 'pino';
import type { RedisLink } from '../redis/redis-link.js';

const RETRY_MS = 1_000;

/**
 * The Socket.IO adapter over Redis, for what one gateway tells the others. Static: its two channels
 * do not depend on rooms, for everything that goes to rooms is sent by each gateway to its own.
 *
 * The adapter neither waits for its subscriptions nor catches their failures, and a rejection that
 * nobody catches ends the process: here they are tried until they hold.
 */
export function redisAdapter(redis: RedisLink, log: Logger): ReturnType<typeof createShardedAdapter> {
  const subscribe = async (channel: string, listener: (message: Buffer, channel: Buffer) => void) => {
    for (;;) {
      try {
        return await redis.subscribeToBytes(channel, listener);
      } catch (err) {
        log.debug({ err }, 'cannot subscribe yet');
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      }
    }
  };
  const publisher = {
    // Marks the client as one of the redis package for the adapter.
    sSubscribe: subscribe,
    sPublish: (channel: string, message: string | Buffer) =>
      redis.publish(channel, message).catch((err: unknown) => {
        log.warn({ err }, 'the other gateways could not be told');
        return 0;
      }),
  };
  const subscriber = {
    sSubscribe: subscribe,
    // The connection is closed right after.
    sUnsubscribe: async () => {},
  };
  return createShardedAdapter(publisher, subscriber, {
    channelPrefix: 'doclight:socket.io',
    subscriptionMode: 'static',
  });
}
