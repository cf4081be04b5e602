import type { ReactElement } from 'react';

/** The edit page while its document is being loaded. */
export function EditSkeleton(): ReactElement {
  return (
    <main aria-busy="true">
      <span className="sr-only">Loading</span>
      <div aria-hidden="true">
        <div className="h-13 border-b border-line" />
        <div className="mx-auto w-full max-w-[760px] px-4 pt-6 sm:px-6">
          <div className="skeleton h-11 w-full" />
          <div className="skeleton mt-8 h-10 w-3/5" />
          <div className="skeleton mt-6 h-28 w-full rounded-lg" />
          <div className="skeleton mt-6 h-80 w-full rounded-lg" />
        </div>
      </div>
    </main>
  );
}
