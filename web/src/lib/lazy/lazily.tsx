import { type ComponentType, createElement, type ReactElement, useEffect } from 'react';
import { createStore, useStore } from '../store';

/** A component whose code comes when it is first rendered, or asked for ahead. Until then it renders nothing. */
export interface Lazy<P extends object> {
  (props: P): ReactElement | null;
  /** Loads the code; rendering is immediate once it is there. Rejects where it cannot be loaded. */
  preload(): Promise<unknown>;
}

/**
 * Makes a component lazy. Unlike `React.lazy` it never suspends: once the code is there, the first render shows
 * it, and what is around it is never replaced by a fallback. A failure is forgotten, so that the next one who
 * asks tries again.
 */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): Lazy<P> {
  const loaded = createStore<{ readonly component: ComponentType<P> } | null>(null);
  let loading: Promise<unknown> | undefined;
  const preload = (): Promise<unknown> => {
    loading ??= load().then(
      (component) => loaded.set({ component }),
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  function LazyComponent(props: P): ReactElement | null {
    const component = useStore(loaded, (value) => value?.component);
    useEffect(() => {
      // Without a network the place stays empty, as it is.
      if (!component) preload().catch(() => undefined);
    }, [component]);
    return component ? createElement(component, props) : null;
  }
  return Object.assign(LazyComponent, { preload });
}
