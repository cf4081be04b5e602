import { setTimeout as delay } from 'node:timers/promises';

const TICK_MS = 5;

/**
 * Calls `act` that often, evenly, until the time is over. One that falls behind catches up: the load stays
 * what was asked for, and its lateness shows in the latencies instead of being left out.
 * @see https://www.scylladb.com/2021/04/22/on-coordinated-omission/
 * @returns how often it was called
 */
export async function pace(perSecond: number, durationMs: number, act: (i: number) => void): Promise<number> {
  const begun = performance.now();
  let done = 0;
  for (;;) {
    const elapsed = Math.min(performance.now() - begun, durationMs);
    const due = Math.floor((elapsed * perSecond) / 1_000);
    while (done < due) act(done++);
    if (elapsed >= durationMs) return done;
    await delay(TICK_MS);
  }
}

/** Runs `work` over all items, so many at once, in their order. */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, i: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i] as T, i);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
