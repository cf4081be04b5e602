import { MemoryPresenceHub, MemoryPresenceStore } from './memory-presence.store.js';
import { presenceStoreContract, type StoreHarness } from './presence.store.contract.js';
import type { PresenceStore } from './presence.store.js';

presenceStoreContract('memory', async (): Promise<StoreHarness> => {
  const hub = new MemoryPresenceHub();
  const stores: PresenceStore[] = [];
  return {
    open: async () => {
      const store = new MemoryPresenceStore(hub);
      stores.push(store);
      await store.open();
      return store;
    },
    dispose: async () => {
      for (const store of stores) await store.close();
    },
  };
});
