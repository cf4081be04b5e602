'use client';

import type { ReactElement } from 'react';
import { exactTime, relativeTime } from '@/lib/time/relative-time';
import { useNow } from '@/lib/time/use-now';

/** How long ago something was, kept up to date, with the exact time on hover. */
export function TimeAgo({ moment }: { readonly moment: string }): ReactElement {
  const now = useNow();
  return (
    <time dateTime={moment} title={exactTime(moment)}>
      {relativeTime(moment, now)}
    </time>
  );
}
