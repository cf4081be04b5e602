import type { DocumentOpened, DocumentSaved } from '@doclight/protocol';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { documentOf } from '@/lib/documents/paths';
import { leaveVia } from '@/lib/navigation/leave-guard';
import { eventLog, onDocumentOpened } from '@/lib/realtime/realtime';
import { useSession } from '@/lib/session/session';
import { Burst } from './burst';
import { howToTell } from './decide';
import { claimVisible, notificationPermission, notifyDesktop } from './desktop';
import { toastManySaved, toastOpened, toastSaved } from './toasts';

/** Tells of saves by others, and of others who open the document one is in. */
export function useNotifier(): void {
  const router = useRouter();
  const { user } = useSession();
  const pathname = usePathname();
  const here = useRef(pathname);
  here.current = pathname;
  useEffect(() => {
    const burst = new Burst();
    const toast = (saved: DocumentSaved): void => {
      const many = burst.take(Date.now());
      if (many === null) toastSaved(saved);
      else toastManySaved(many);
    };
    const open = (path: string): void => leaveVia(() => router.push(path));
    const stopEvents = eventLog.subscribe((event, live) => {
      if (event.type !== 'document:saved') return;
      const visible = document.visibilityState === 'visible';
      const openSlug = documentOf(here.current)?.slug ?? null;
      const permission = notificationPermission();
      const way = howToTell(event, { userId: user.id, visible, openSlug, permission, live });
      if (visible) claimVisible(event.eventId);
      if (way === 'toast') toast(event);
      if (way === 'desktop') notifyDesktop(event, open, () => toast(event));
    });
    const stopOpened = onDocumentOpened((opened: DocumentOpened) => {
      if (opened.by.id !== user.id) toastOpened(opened);
    });
    return () => {
      stopEvents();
      stopOpened();
    };
  }, [router, user.id]);
}
