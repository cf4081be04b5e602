import { useSyncExternalStore } from 'react';

/** A value that lives outside React, with people who want to know when it changes. */
export interface Store<T> {
  get(): T;
  /** Replaces the value; nobody is told when it is the same one. */
  set(next: T): void;
  update(change: (current: T) => T): void;
  /** Calls `listener` after each change, until the function it returns is called. */
  subscribe(listener: () => void): () => void;
}

/** A store that begins with `initial`. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const set = (next: T): void => {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The part of a store that `select` picks; it must give the same identity while nothing changed. */
export function useStore<T, S>(store: Store<T>, select: (value: T) => S): S {
  const snapshot = (): S => select(store.get());
  return useSyncExternalStore(store.subscribe, snapshot, snapshot);
}
