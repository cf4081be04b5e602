import { useEffect, useState } from 'react';

/** Whole seconds until a moment (epoch milliseconds), never below 0; null while there is none. */
export function useCountdown(until: number | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (until === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [until]);
  return until === null ? null : Math.max(0, Math.ceil((until - now) / 1000));
}

/** True once a moment (epoch milliseconds) has come. */
export function useReached(at: number | null): boolean {
  const [reached, setReached] = useState(false);
  useEffect(() => {
    const left = at === null ? null : at - Date.now();
    setReached(left !== null && left <= 0);
    if (left === null || left <= 0) return;
    const timer = setTimeout(() => setReached(true), left + 50);
    return () => clearTimeout(timer);
  }, [at]);
  return reached;
}
