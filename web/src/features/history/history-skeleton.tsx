import type { ReactElement } from 'react';

/** The history of a document while it is being loaded. */
export function HistorySkeleton(): ReactElement {
  return (
    <main aria-busy="true" className="mx-auto w-full max-w-[1200px] px-4 pt-5 sm:px-6">
      <span className="sr-only">Loading</span>
      <div aria-hidden="true">
        <div className="skeleton h-8 w-48" />
        <div className="skeleton mt-1 h-7 w-24" />
        <div className="mt-5 grid gap-6 md:grid-cols-[280px_minmax(0,1fr)]">
          <div className="flex flex-col gap-2">
            {['a', 'b', 'c', 'd', 'e'].map((place) => (
              <div key={place} className="skeleton h-15 w-full rounded-lg" />
            ))}
          </div>
          <div className="max-md:hidden">
            <div className="skeleton h-9 w-64" />
            <div className="skeleton mt-6 h-72 w-full rounded-lg" />
          </div>
        </div>
      </div>
    </main>
  );
}
