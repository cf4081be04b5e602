import type { DocumentSaved } from '@doclight/protocol';
import { readPath } from '@/lib/documents/paths';

/** A claim on telling of an event is kept this long, so that every tab has heard of it. */
const CLAIM_MS = 5_000;
/** Hidden tabs wait this long for a visible one to show its toast. */
const YIELD_MS = 250;

/** Whether the desktop may be used, as the person decided. */
export function notificationPermission(): NotificationPermission | 'unsupported' {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission;
}

/** Says to the person's other tabs that a tab they can see tells of this event. */
export function claimVisible(eventId: string): void {
  if (!('locks' in navigator)) return;
  navigator.locks
    .request(lockName(eventId), { mode: 'shared', ifAvailable: true }, (lock) => (lock ? hold() : undefined))
    .catch(() => undefined);
}

/**
 * Shows a save on the desktop, from one of the person's hidden tabs only, and not where a visible
 * tab tells of it.
 * @param open goes to the document, when the notification is clicked
 * @param fallback tells it otherwise, where the browser does not let a page notify
 */
export function notifyDesktop(
  saved: DocumentSaved,
  open: (path: string) => void,
  fallback: () => void,
): void {
  const show = (): void => {
    try {
      const notification = new Notification(`${saved.savedBy.name} saved ${saved.title}`, {
        tag: `document:${saved.documentId}`,
        icon: '/icon.svg',
      });
      notification.onclick = () => {
        window.focus();
        notification.close();
        open(readPath(saved.slug));
      };
    } catch {
      fallback();
    }
  };
  if (!('locks' in navigator)) {
    show();
    return;
  }
  setTimeout(() => {
    navigator.locks
      .request(lockName(saved.eventId), { ifAvailable: true }, (lock) => {
        if (!lock) return undefined;
        show();
        return hold();
      })
      .catch(show);
  }, YIELD_MS);
}

function lockName(eventId: string): string {
  return `doclight:told:${eventId}`;
}

function hold(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, CLAIM_MS));
}
