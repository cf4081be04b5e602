'use client';

import { useQueryClient } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { anyDrafts } from '@/lib/drafts/any-drafts';
import { connectionStore } from '@/lib/realtime/connection';
import { useSession } from '@/lib/session/session';
import { useStore } from '@/lib/store';

/**
 * Looks after what the person left behind in this browser: saves that waited for a connection go out, and of
 * changes that were never saved they are told once. Its code is loaded where there is something to look after.
 */
export function WaitingSaves(): null {
  const queryClient = useQueryClient();
  const { user } = useSession();
  const pathname = usePathname();
  const here = useRef(pathname);
  here.current = pathname;
  const online = useStore(connectionStore, ({ status }) => status === 'online');
  const busy = useRef<Promise<unknown>>(Promise.resolve());
  const told = useRef(false);

  useEffect(() => {
    if (!online) return;
    const look = async (): Promise<void> => {
      const first = !told.current;
      if (await anyDrafts()) {
        const { sendWaitingSaves, tellOfDrafts } = await import('./look-after-drafts');
        await sendWaitingSaves(user.id, queryClient);
        if (first) await tellOfDrafts(user.id, here.current);
      }
      told.current = true;
    };
    busy.current = busy.current.then(look, look);
  }, [online, user.id, queryClient]);
  return null;
}
