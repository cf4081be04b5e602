import { useEffect, useRef } from 'react';
import { connectionStore } from '@/lib/realtime/connection';

/** How often to try where nothing says that the connection is back, in milliseconds. */
const TRY_EVERY_MS = 5_000;

/** While `waiting`, calls `onReturn` when the server may be reachable again: it may turn out that it is not. */
export function useReturn(waiting: boolean, onReturn: () => void): void {
  const latest = useRef(onReturn);
  latest.current = onReturn;
  useEffect(() => {
    if (!waiting) return;
    const tell = (): void => latest.current();
    let status = connectionStore.get().status;
    const unsubscribe = connectionStore.subscribe(() => {
      const now = connectionStore.get().status;
      if (now === 'online' && status !== 'online') tell();
      status = now;
    });
    window.addEventListener('online', tell);
    const timer = setInterval(tell, TRY_EVERY_MS);
    return () => {
      unsubscribe();
      window.removeEventListener('online', tell);
      clearInterval(timer);
    };
  }, [waiting]);
}
