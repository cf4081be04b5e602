import { usePathname, useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { queryOf, type Selection, selectionOf } from './selection';

/** The selection in the address, and the way to another one. */
export interface SelectionControl {
  readonly selection: Selection;
  readonly hrefOf: (selection: Selection) => string;
  /** Goes there without asking the server: the page has all it needs. */
  readonly choose: (selection: Selection) => void;
}

/** What is selected lives in the address, so that it can be shared, and the back button goes back to it. */
export function useSelection(): SelectionControl {
  const path = usePathname();
  const query = useSearchParams().toString();
  return useMemo(() => {
    const hrefOf = (selection: Selection): string => `${path}${queryOf(selection)}`;
    return {
      selection: selectionOf(new URLSearchParams(query)),
      hrefOf,
      choose: (selection) => window.history.pushState(null, '', hrefOf(selection)),
    };
  }, [path, query]);
}
