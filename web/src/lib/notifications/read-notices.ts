import type { NotificationReadBody } from '@doclight/protocol';
import { useEffect } from 'react';
import { request } from '../api/request';
import { unreadStore } from '../realtime/notices';
import { useStore } from '../store';

/** Marks notices as read; the server tells every tab. Fails silently: they stay unread. */
export async function markRead(body: NotificationReadBody): Promise<void> {
  try {
    const { unread } = await request('POST /api/notifications/read', { body });
    unreadStore.set(unread);
  } catch {
    // Offline, or signed out: nothing was marked.
  }
}

/** Whoever opens a document has seen what they were told of it. */
export function useReadOnOpening(documentId: string | undefined): void {
  // Counted, not only whether: one that comes while the page is hidden may not be the first unread one.
  const unread = useStore(unreadStore, (count) => count) ?? 0;
  useEffect(() => {
    if (documentId === undefined || unread === 0) return;
    if (document.visibilityState === 'visible') {
      void markRead({ documentId });
      return;
    }
    const onVisible = (): void => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', onVisible);
      void markRead({ documentId });
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => document.removeEventListener('visibilitychange', onVisible);
  }, [documentId, unread]);
}
