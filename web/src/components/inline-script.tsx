'use client';

import type { ReactElement } from 'react';

/**
 * A script in the page itself, run while the page is parsed. In the browser it is rendered as plain
 * text: it has run already, and React would warn of it. Browsers hide the nonce, so it never matches.
 */
export function InlineScript({
  code,
  nonce,
}: {
  readonly code: string;
  readonly nonce: string;
}): ReactElement {
  return (
    <script
      nonce={nonce}
      type={typeof window === 'undefined' ? 'text/javascript' : 'text/plain'}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, allowed by its nonce.
      dangerouslySetInnerHTML={{ __html: code }}
    />
  );
}
