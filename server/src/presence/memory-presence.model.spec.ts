import fc from 'fast-check';
import { afterEach, beforeEach, it, vi } from 'vitest';
import { play, type Stage, story } from '../testing/presence-story.js';
import { MemoryPresenceHub, MemoryPresenceStore } from './memory-presence.store.js';
import { LEASE_MS, type PresenceStore, RENEW_EVERY_MS } from './presence.store.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Gateways in one process; leases lapse in a time that is made up. */
function memoryStage(): Stage {
  const hub = new MemoryPresenceHub();
  const ids = new Map<PresenceStore, string>();
  return {
    open: async () => {
      const store = new MemoryPresenceStore(hub);
      const opening = store.open();
      const id = [...hub.leases.keys()].at(-1);
      if (id !== undefined) ids.set(store, id);
      await opening;
      return store;
    },
    kill: (store) => store.close(),
    removeAlive: async (store) => void hub.reap(ids.get(store) ?? ''),
    // What it stores is this process's own.
    empty: async () => {},
    settle: async () => {
      await vi.advanceTimersByTimeAsync(LEASE_MS + 2 * RENEW_EVERY_MS);
    },
  };
}

it('shows on every gateway what a naive model shows, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(story, (steps) => play(memoryStage(), steps)),
    { numRuns: 150 },
  );
});
