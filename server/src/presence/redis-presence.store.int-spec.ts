import { pino } from 'pino';
import { RedisLink } from '../redis/redis-link.js';
import { presenceStoreContract, type StoreHarness } from './presence.store.contract.js';
import { RedisPresenceStore } from './redis-presence.store.js';

for (const [name, variable] of [
  ['Redis', 'TEST_REDIS_URL'],
  ['Redis Cluster', 'TEST_REDIS_CLUSTER_URL'],
] as const) {
  const url = process.env[variable];
  if (!url) throw new Error(`${variable} is not set: run the tests with npm test, which starts one`);

  presenceStoreContract(name, async (): Promise<StoreHarness> => {
    const opened: { store: RedisPresenceStore; link: RedisLink }[] = [];
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
      },
    };
  });
}
