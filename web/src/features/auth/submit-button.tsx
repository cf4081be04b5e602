'use client';

import type { ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { useHydrated } from '@/lib/use-hydrated';

/** Sends the form around it; takes no click before the page can answer it. */
export function SubmitButton({
  busy,
  children,
}: {
  readonly busy: boolean;
  readonly children: string;
}): ReactElement {
  const hydrated = useHydrated();
  return (
    <button
      type="submit"
      disabled={!hydrated}
      aria-disabled={busy}
      className={buttonClass({ tone: 'primary' }, 'mt-1 h-10 w-full disabled:opacity-100')}
    >
      {children}
    </button>
  );
}
