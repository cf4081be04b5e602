import type { ReactElement } from 'react';

/** A document that is being loaded. */
export function ReadSkeleton(): ReactElement {
  return (
    <main aria-busy="true" className="mx-auto w-full max-w-[760px] px-4 pt-6 sm:px-6 sm:pt-10">
      <span className="sr-only">Loading</span>
      <div aria-hidden="true">
        <div className="skeleton h-9 w-3/5" />
        <div className="skeleton mt-4 h-4 w-2/5" />
        <div className="skeleton mt-4 h-11 w-full" />
        <div className="mt-10 flex flex-col gap-3">
          {['w-full', 'w-11/12', 'w-full', 'w-4/5', 'w-full', 'w-2/3'].map((width, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a placeholder have nothing but their place.
            <div key={line} className={`skeleton h-4 ${width}`} />
          ))}
        </div>
      </div>
    </main>
  );
}
