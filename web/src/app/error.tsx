'use client';

import { CircleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** Shown in place of a page that failed. */
export default function ErrorPage({ reset }: { readonly reset: () => void }): ReactElement {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={<CircleAlert />}
        heading="This page failed"
        action={
          <Button tone="primary" onClick={reset}>
            Try again
          </Button>
        }
      >
        It is our fault, not yours. What was saved is safe.
      </EmptyState>
    </main>
  );
}
