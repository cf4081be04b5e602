import { type RefObject, useLayoutEffect, useState } from 'react';
import type { DashboardView } from './dashboard-state';
import { CARD_HEIGHT, CARD_WIDTH, GAP, NARROW, NARROW_ROW_HEIGHT, ROW_GAP, ROW_HEIGHT } from './sizes';

/** How the items of the dashboard are laid out at its present width. */
export interface Layout {
  readonly columns: number;
  /** Of a row without the gap, in pixels. */
  readonly rowHeight: number;
  readonly gap: number;
}

/** The layout of an area this wide. */
export function layoutFor(width: number, view: DashboardView): Layout {
  if (view === 'list')
    return { columns: 1, rowHeight: width < NARROW ? NARROW_ROW_HEIGHT : ROW_HEIGHT, gap: ROW_GAP };
  return {
    columns: Math.max(1, Math.floor((width + GAP) / (CARD_WIDTH + GAP))),
    rowHeight: CARD_HEIGHT,
    gap: GAP,
  };
}

/** Measures an element before paint and whenever it is resized. */
export function useArea(area: RefObject<HTMLElement | null>): { width: number; top: number } {
  const [box, setBox] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    const measure = (): void => {
      const { width, top } = element.getBoundingClientRect();
      const next = { width, top: top + window.scrollY };
      setBox((now) => (now.width === next.width && now.top === next.top ? now : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [area]);
  return box;
}
