import type { ReactElement } from 'react';
import { CARD_HEIGHT, ROW_HEIGHT } from './sizes';

/** A card that is being loaded, as large as the real one. */
export function CardSkeleton(): ReactElement {
  return (
    <div
      aria-hidden="true"
      style={{ height: CARD_HEIGHT }}
      className="flex flex-col rounded-lg border border-line bg-surface"
    >
      <div className="h-22 rounded-t-lg bg-sunken" />
      <div className="flex flex-1 flex-col gap-2.5 p-4">
        <div className="skeleton h-4 w-3/5" />
        <div className="skeleton h-3 w-full" />
        <div className="skeleton h-3 w-4/5" />
        <div className="skeleton mt-auto h-4 w-2/5" />
      </div>
    </div>
  );
}

/** A line of the list that is being loaded. */
export function RowSkeleton(): ReactElement {
  return (
    <div
      aria-hidden="true"
      style={{ height: ROW_HEIGHT }}
      className="flex items-center gap-4 rounded-lg border border-line bg-surface px-4"
    >
      <div className="skeleton h-6 w-24 rounded-full" />
      <div className="flex flex-1 flex-col gap-2">
        <div className="skeleton h-4 w-2/5" />
        <div className="skeleton h-3 w-3/5" />
      </div>
    </div>
  );
}
