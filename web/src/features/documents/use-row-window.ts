import { useCallback, useMemo, useSyncExternalStore } from 'react';

/** Which rows of a list exist: `from` up to, and without, `to`. */
export interface RowWindow {
  readonly from: number;
  readonly to: number;
}

/** A list of rows that are all as high. */
export interface Rows {
  readonly count: number;
  /** From the start of one to the start of the next, in pixels. */
  readonly pitch: number;
  /** Where the first one starts, in pixels from the top of the page. */
  readonly top: number;
  /** Rows kept ready above and below what can be seen. */
  readonly overscan: number;
}

/** The rows to have for a window of that height, scrolled that far. */
export function rowsAround(rows: Rows, scrolled: number, height: number): RowWindow {
  const { count, pitch, top, overscan } = rows;
  const first = Math.floor((scrolled - top) / pitch) - overscan;
  const last = Math.ceil((scrolled - top + height) / pitch) + overscan;
  const to = Math.min(Math.max(last, 0), count);
  return { from: Math.min(Math.max(first, 0), to), to };
}

/** Both, where they meet; else the first alone, as the other one is of before a leap. */
export function joinWindows(one: RowWindow, other: RowWindow): RowWindow {
  if (other.from > one.to || other.to < one.from) return one;
  return { from: Math.min(one.from, other.from), to: Math.max(one.to, other.to) };
}

/** The same as `rowsAround`, for the window as it is scrolled. It renders again only when a row comes or goes. */
export function useRowWindow({ count, pitch, top, overscan }: Rows): RowWindow {
  const snapshot = useCallback((): string => {
    const { from, to } = rowsAround({ count, pitch, top, overscan }, window.scrollY, window.innerHeight);
    return `${from} ${to}`;
  }, [count, pitch, top, overscan]);
  const rows = useSyncExternalStore(follow, snapshot, () => '0 0');
  return useMemo(() => {
    const [from = 0, to = 0] = rows.split(' ').map(Number);
    return { from, to };
  }, [rows]);
}

function follow(listener: () => void): () => void {
  window.addEventListener('scroll', listener, { passive: true });
  window.addEventListener('resize', listener);
  return () => {
    window.removeEventListener('scroll', listener);
    window.removeEventListener('resize', listener);
  };
}
