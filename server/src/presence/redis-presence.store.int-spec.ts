import { pino } from 'pino';
import { RedisLink } from '../redis/redis-link.js';
import { presenceStoreContract, type StoreHarness } from './presence.store.contract.js';
import { RedisPresenceStore } from './redis-presence.store.js';

const url = process.env.TEST_REDIS_URL;
if (!url) throw new Error('TEST_REDIS_URL is not set: run the tests with npm test, which starts a Redis');

presenceStoreContract('Redis', async (): Promise<StoreHarness> => {
  const opened: { store: RedisPresenceStore; link: RedisLink }[] = [];
  const admin = new RedisLink(url, () => {});
  return {
    open: async () => {
      const link = new RedisLink(url, () => {});
      link.start();
      const store = new RedisPresenceStore(link, pino({ level: 'silent' }));
      opened.push({ store, link });
      await store.open();
      return store;
    },
    dispose: async () => {
      for (const { store, link } of opened) {
        await store.close();
        link.stop();
      }
      admin.stop();
    },
  };
});
