'use client';

import type { ReactElement } from 'react';

/** Shown in place of a page that failed. It comes with every page, in case, and so brings no other code along. */
export default function ErrorPage({ reset }: { readonly reset: () => void }): ReactElement {
  return (
    <main className="grid min-h-dvh place-items-center">
      <div className="flex max-w-sm flex-col items-center gap-2 px-4 py-16 text-center">
        <h2 className="text-[15px] font-semibold">This page failed</h2>
        <p className="text-muted">It is our fault, not yours. What was saved is safe.</p>
        <button
          type="button"
          onClick={reset}
          className="mt-3 inline-flex h-9 items-center rounded-lg bg-accent px-3.5 text-sm font-medium text-accent-fg hover:bg-accent-hover"
        >
          Try again
        </button>
      </div>
    </main>
  );
}
