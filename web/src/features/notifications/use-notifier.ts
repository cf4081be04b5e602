import { useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { documentOf, readPath } from '@/lib/documents/paths';
import { loadAtFirstUse } from '@/lib/lazy/first-use';
import { leaveVia } from '@/lib/navigation/leave-guard';
import { closeShown } from '@/lib/notifications/close-shown';
import { markRead } from '@/lib/notifications/read-notices';
import { fetchWorkspaceRules, forgetDocument, isQuietNow, mayMention } from '@/lib/notifications/rules';
import { mayNotify } from '@/lib/notifications/support';
import { claimOffer, listenToNotices, reach } from '@/lib/realtime/notices';
import { eventLog, onDocumentOpened } from '@/lib/realtime/realtime';
import { useSession } from '@/lib/session/session';
import { passingSaves } from './passing-saves';
import { useDevice } from './use-device';

// The ways of telling come with the first thing to tell: most visits have none.
const toasts = (): Promise<typeof import('./toasts')> => import('./toasts');
const desktop = (): Promise<typeof import('./desktop')> => import('./desktop');
for (const load of [toasts, desktop]) loadAtFirstUse(load);

/**
 * Tells of what others do. The server says what concerns the person, and which of their tabs shows it how. Beside
 * that the page mentions what merely passes by: a save of some other document, while a page is open; and who
 * comes into the document that it shows.
 */
export function useNotifier(): void {
  const router = useRouter();
  const queryClient = useQueryClient();
  const { user, workspace } = useSession();
  const workspaceId = useRef(workspace?.id);
  workspaceId.current = workspace?.id;
  const pathname = usePathname();
  const here = useRef(pathname);
  here.current = pathname;
  const go = useRef((url: string): void => leaveVia(() => router.push(url)));
  useDevice(user.id, go.current);

  useEffect(() => {
    const tags = new Map<string, string>();
    const passing = passingSaves({
      userId: user.id,
      isOpen: (slug) => documentOf(here.current)?.slug === slug,
      rules: (workspaceId) => fetchWorkspaceRules(queryClient, workspaceId),
      mayNotify,
      isQuiet: () => isQuietNow(queryClient),
      notify: (saved) => {
        const url = readPath(saved.slug);
        const title = `${saved.savedBy.name} saved ${saved.title}`;
        const tag = `document:${saved.documentId}`;
        void desktop().then(({ notifyDesktop }) =>
          notifyDesktop({ id: tag, title, body: '', tag, url }, () => go.current(url)),
        );
      },
      toast: (saved) => void toasts().then(({ toastSaved }) => toastSaved(saved)),
      toastMany: (count) => void toasts().then(({ toastManySaved }) => toastManySaved(count)),
    });
    const stopNotices = listenToNotices({
      onChanged: (notice) => passing.told(notice),
      onShow: async ({ offerId, way, notification }) => {
        passing.told(notification);
        if (!(await claimOffer(offerId))) return;
        const open = (): void => void markRead({ ids: [notification.id] });
        const leave = (): void => {
          open();
          go.current(notification.url);
        };
        if (way === 'desktop' && (await (await desktop()).notifyDesktop(notification, leave))) return;
        tags.set(notification.id, notification.tag);
        (await toasts()).toastNotice(notification, open);
      },
      onRead: (ids) => {
        void desktop().then(({ closeDesktop }) => closeDesktop(ids));
        void closeShown(ids);
        for (const id of ids ?? tags.keys()) {
          const tag = tags.get(id);
          if (tag !== undefined) void toasts().then(({ dismissNotice }) => dismissNotice(tag));
          tags.delete(id);
        }
      },
    });
    const stopEvents = eventLog.subscribe((event, live) => {
      if (event.type === 'document:saved' && live) passing.saved(event);
      if (event.type === 'document:deleted') forgetDocument(queryClient, event.workspaceId, event.documentId);
    });
    const stopOpened = onDocumentOpened((opened) => {
      // Where nobody looks at it, the server tells those who edit.
      if (opened.by.id === user.id || reach.attention !== 'active' || !workspaceId.current) return;
      fetchWorkspaceRules(queryClient, workspaceId.current)
        .then((rules) => mayMention(rules, 'opened', opened.documentId))
        .catch(() => true)
        .then(async (wanted) => wanted && (await toasts()).toastOpened(opened));
    });
    return () => {
      stopNotices();
      stopEvents();
      stopOpened();
      passing.stop();
    };
  }, [queryClient, user.id]);
}
