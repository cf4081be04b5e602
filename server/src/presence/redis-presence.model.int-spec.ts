import fc from 'fast-check';
import { pino } from 'pino';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it, vi } from 'vitest';
import { RedisLink } from '../redis/redis-link.js';
import { OwnRedis } from '../testing/own-redis.js';
import { play, type Stage, story } from '../testing/presence-story.js';
import { LEASE_MS, type PresenceStore, RENEW_EVERY_MS } from './presence.store.js';
import { PresenceScripts } from './redis/presence-scripts.js';
import { RedisPresenceStore } from './redis-presence.store.js';

/** What takes longer than this, in milliseconds, to be told to another gateway is not told at all. */
const PATIENCE_MS = 5_000;

describe('presence in Redis', () => {
  let redis: OwnRedis;
  let url: string;
  let admin: ReturnType<typeof createClient>;
  let link: RedisLink;
  let scripts: PresenceScripts;
  const closing: Promise<void>[] = [];

  beforeAll(async () => {
    redis = await OwnRedis.start();
    url = `redis://127.0.0.1:${redis.port}`;
    admin = createClient({ url });
    await admin.connect();
    link = new RedisLink(url, () => {});
    link.start();
    scripts = new PresenceScripts(link);
    await vi.waitFor(() => scripts.check('nowhere'));
  });
  afterAll(async () => {
    await Promise.all(closing);
    link.stop();
    admin.destroy();
    await redis.kill();
  });
  // Redis is real, and so are the connections: only when gateways tick, and what they take for the time, is not.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Ids under which anything is stored. */
  const storedIds = async (): Promise<string[]> => admin.zRange('doclight:{gateways}:leases', 0, -1);

  function redisStage(): Stage {
    const links = new Map<PresenceStore, RedisLink>();
    const alive = new Set<PresenceStore>();
    return {
      open: async () => {
        const own = new RedisLink(url, () => {});
        own.start();
        const store = new RedisPresenceStore(own, pino({ level: 'silent' }));
        links.set(store, own);
        alive.add(store);
        await store.open();
        return store;
      },
      kill: async (store) => {
        alive.delete(store);
        links.get(store)?.stop();
        // Takes a second, for nobody answers.
        closing.push(store.close());
      },
      // As a gateway does that finds the lease lapsed: to all of them at once, for any may stand still.
      removeAlive: async (_, workspaceId) => {
        for (const id of await storedIds()) {
          await scripts.replace(workspaceId, null, [id], 0, []);
          await scripts.forgetGateway(id);
        }
      },
      empty: async () => {
        await admin.flushAll();
      },
      settle: async (holds) => {
        // The leases of the dead lapse; the living renew theirs, or find that they have to begin anew.
        for (const id of await storedIds())
          await admin.zAdd('doclight:{gateways}:leases', { score: 1, value: id });
        const deadline = Date.now() + PATIENCE_MS;
        const begun = performance.now();
        do {
          vi.advanceTimersByTime(RENEW_EVERY_MS / 4);
          await new Promise((resolve) => setTimeout(resolve, 5));
        } while ((performance.now() < begun + 3 * LEASE_MS || !holds()) && Date.now() < deadline);
      },
    };
  }

  it('shows on every gateway what a naive model shows, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(story, (steps) => play(redisStage(), steps)),
      { numRuns: 20, endOnFailure: true },
    );
  }, 60_000);
});
