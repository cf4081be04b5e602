'use client';

import { type ReactElement, useEffect, useRef } from 'react';
import { Button } from './button';

/** The end is noticed this far below the window. */
const AHEAD = '800px';

interface MoreProps {
  /** Called when the end comes near, or is asked for. Give a new `key` where there is more again. */
  readonly onMore: () => void;
}

/** The end of a list of which there is more: scrolling there loads it, and so does its button. */
export function More({ onMore }: MoreProps): ReactElement {
  const end = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  more.current = onMore;
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) more.current();
      },
      { rootMargin: AHEAD },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={end} className="p-2 text-center">
      <Button size="sm" tone="quiet" onClick={onMore}>
        Show more
      </Button>
    </div>
  );
}
