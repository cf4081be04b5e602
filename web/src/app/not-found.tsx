import type { Metadata } from 'next';
import type { ReactElement } from 'react';

export const metadata: Metadata = { title: 'Not found' };

/** Comes with every page, in case: so it is made of elements and brings no code along. */
export default function NotFound(): ReactElement {
  return (
    <main className="grid min-h-dvh place-items-center">
      <div className="flex max-w-sm flex-col items-center gap-2 px-4 py-16 text-center">
        <h2 className="text-[15px] font-semibold">There is nothing here</h2>
        <p className="text-muted">The address may be wrong, or what was here is gone.</p>
        <a
          href="/"
          className="mt-3 inline-flex h-9 items-center rounded-lg bg-accent px-3.5 text-sm font-medium text-accent-fg hover:bg-accent-hover"
        >
          Go to the documents
        </a>
      </div>
    </main>
  );
}
