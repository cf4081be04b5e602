'use client';

import { useRouter } from 'next/navigation';
import { type ReactElement, useEffect } from 'react';
import { Confirm } from '@/components/ui/dialog';
import { draftTrouble } from '@/lib/drafts/draft-store';
import { guardPage, heldNavigation } from '@/lib/navigation/leave-guard';
import { useStore } from '@/lib/store';

/** While `active`, asks before the page is left. */
export function LeaveDialog({ active }: { readonly active: boolean }): ReactElement {
  const router = useRouter();
  const held = useStore(heldNavigation, (value) => value);
  const trouble = useStore(draftTrouble, (value) => value);
  useEffect(() => (active ? guardPage((href) => router.push(href)) : undefined), [active, router]);
  return (
    <Confirm
      open={held !== null}
      heading="Leave with unsaved changes?"
      action={trouble ? 'Leave and lose them' : 'Leave'}
      cancel="Keep writing"
      onConfirm={() => held?.proceed()}
      onCancel={() => heldNavigation.set(null)}
    >
      {trouble
        ? 'What you typed since the last revision is only on this page.'
        : 'What you typed since the last revision is not saved. This browser keeps it, and offers it to you when you come back.'}
    </Confirm>
  );
}
