import { type RefObject, useEffect, useRef, useState } from 'react';
import { heldOrder } from './order';

/** Cards stay where they are for this long after the pointer moved over them. */
const STEADY_MS = 2_500;

/**
 * Keeps cards from jumping under the pointer, or from under the keyboard's focus: while somebody is
 * about to click, a new order waits.
 * @param scope what is being ordered; another scope (a search, a filter) takes its order at once
 */
export function useSteadyOrder(
  area: RefObject<HTMLElement | null>,
  wanted: readonly string[],
  scope: string,
): readonly string[] {
  const steady = useSteadiness(area);
  const shown = useRef<{ scope: string; ids: readonly string[] }>({ scope, ids: wanted });
  const ids = steady && shown.current.scope === scope ? heldOrder(shown.current.ids, wanted) : wanted;
  useEffect(() => {
    shown.current = { scope, ids };
  });
  return ids;
}

function useSteadiness(area: RefObject<HTMLElement | null>): boolean {
  const [steady, setSteady] = useState(false);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const focused = (): boolean => element.querySelector(':focus-visible') !== null;
    const release = (): void => {
      clearTimeout(timer);
      if (focused()) timer = setTimeout(release, STEADY_MS);
      else setSteady(false);
    };
    const hold = (): void => {
      clearTimeout(timer);
      setSteady(true);
      timer = setTimeout(release, STEADY_MS);
    };
    element.addEventListener('pointermove', hold, { passive: true });
    element.addEventListener('pointerdown', hold, { passive: true });
    element.addEventListener('focusin', hold);
    element.addEventListener('pointerleave', release);
    return () => {
      clearTimeout(timer);
      element.removeEventListener('pointermove', hold);
      element.removeEventListener('pointerdown', hold);
      element.removeEventListener('focusin', hold);
      element.removeEventListener('pointerleave', release);
    };
  }, [area]);
  return steady;
}
