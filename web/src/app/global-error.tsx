'use client';

import type { ReactElement } from 'react';

/** Shown when even the layout failed; it can rely on nothing, not even on the style sheet. */
export default function GlobalError({ reset }: { readonly reset: () => void }): ReactElement {
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui, sans-serif', padding: '15vh 24px', textAlign: 'center' }}>
        <h1 style={{ fontSize: 18 }}>Doclight failed to load</h1>
        <p>What was saved is safe.</p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
