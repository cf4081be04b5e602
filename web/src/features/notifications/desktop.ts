import type { Notice } from '@doclight/protocol';

const ICON = '/icons/icon-192.png';

/** What of a notice is shown. */
export type Shown = Pick<Notice, 'id' | 'title' | 'body' | 'tag' | 'url'>;

/** What this page shows on the desktop, by the id of its notice. */
const shown = new Map<string, Notification>();

/**
 * Shows a notice on the desktop. A newer one of the same document replaces it: quietly where it is the same with a
 * higher count, and heard where it is another one.
 * @param open is called when it is clicked
 * @returns false where the browser does not let this page notify
 */
export async function notifyDesktop(notice: Shown, open: () => void): Promise<boolean> {
  const { id, title, body, tag, url } = notice;
  const options = { body, tag, icon: ICON, ...{ renotify: !shown.has(id) } };
  try {
    const notification = new Notification(title, options);
    shown.set(id, notification);
    notification.onclose = () => {
      if (shown.get(id) === notification) shown.delete(id);
    };
    notification.onclick = () => {
      window.focus();
      notification.close();
      open();
    };
    return true;
  } catch {
    // Android: only a service worker may. It leads there by itself when it is clicked.
    const { activeWorker } = await import('@/lib/notifications/device');
    const worker = await activeWorker();
    if (!worker) return false;
    return worker.showNotification(title, { ...options, data: { url, notificationId: id } }).then(
      () => true,
      () => false,
    );
  }
}

/** Closes what was read elsewhere; null: all. */
export function closeDesktop(notificationIds: readonly string[] | null): void {
  for (const [id, notification] of shown)
    if (notificationIds === null || notificationIds.includes(id)) notification.close();
}
