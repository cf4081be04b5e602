import { useEffect } from 'react';

/** Names the page in the tab and the history; every signed-in page does, as they follow live data. */
export function usePageTitle(title: string | null): void {
  useEffect(() => {
    document.title = title === null ? 'Doclight' : `${title} · Doclight`;
  }, [title]);
}
