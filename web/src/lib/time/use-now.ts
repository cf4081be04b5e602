import { createStore, useStore } from '../store';

const EVERY_MS = 20_000;
const now = createStore(Date.now());
let timer: ReturnType<typeof setInterval> | undefined;
let users = 0;

const ticking = {
  ...now,
  subscribe(listener: () => void): () => void {
    const unsubscribe = now.subscribe(listener);
    if (users === 0) now.set(Date.now());
    users += 1;
    timer ??= setInterval(() => now.set(Date.now()), EVERY_MS);
    return () => {
      unsubscribe();
      users -= 1;
      if (users > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  },
};

/** The time, epoch milliseconds, renewed three times a minute by one timer for the whole page. */
export function useNow(): number {
  return useStore(ticking, (value) => value);
}
