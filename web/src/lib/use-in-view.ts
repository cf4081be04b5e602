import { type RefObject, useEffect, useState } from 'react';

/**
 * Whether an element is on the screen; true until it is known.
 * @param margin of the window that does not count, as in CSS, e.g. `-108px 0px 0px` for what is covered on top
 */
export function useInView(element: RefObject<Element | null>, margin: string): boolean {
  const [inView, setInView] = useState(true);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(
      (entries) => setInView(entries.at(-1)?.isIntersecting ?? true),
      { rootMargin: margin },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, margin]);
  return inView;
}
