'use client';

import { useRouter } from 'next/navigation';
import { type ReactElement, useEffect } from 'react';
import { Confirm } from '@/components/ui/dialog';
import { guardPage, heldNavigation } from '@/lib/navigation/leave-guard';
import { useStore } from '@/lib/store';

/** While `active`, asks before the page is left. */
export function LeaveDialog({ active }: { readonly active: boolean }): ReactElement {
  const router = useRouter();
  const held = useStore(heldNavigation, (value) => value);
  useEffect(() => (active ? guardPage((href) => router.push(href)) : undefined), [active, router]);
  return (
    <Confirm
      open={held !== null}
      heading="Leave with unsaved changes?"
      action="Leave and lose them"
      cancel="Keep writing"
      onConfirm={() => held?.proceed()}
      onCancel={() => heldNavigation.set(null)}
    >
      What you typed since the last revision is only on this page.
    </Confirm>
  );
}
