import type { Attention, Notice, NotificationShow } from '@doclight/protocol';
import { createStore, type Store } from '../store';
import { type DoclightSocket, SocketRequestError, send } from './socket';

/** How many notices are unread, on every tab and device; null while not known. */
export const unreadStore: Store<number | null> = createStore<number | null>(null);

/** What the server tells of the person's notices. */
export interface NoticeListener {
  /** One is new, or another than before. */
  onChanged?(notice: Notice): void;
  /** Those were read here or elsewhere; null: all of them. */
  onRead?(notificationIds: readonly string[] | null): void;
  /** Those of a workspace are gone: the person is in it no more. */
  onRemoved?(workspaceId: string): void;
  /** This tab is asked to show one. */
  onShow?(offer: NotificationShow): void;
  /** The tab is connected (again): something may have been missed. */
  onConnect?(): void;
}

const listeners = new Set<NoticeListener>();

/** Tells `listener` of notices until the function it returns is called. */
export function listenToNotices(listener: NoticeListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says to the server how the person can be reached by this tab, whatever page it shows. */
export class ReachKeeper {
  /** Whether this page may notify on the desktop; the app sets it. */
  mayNotify: () => boolean = () => false;
  #attention: Attention = 'active';

  /** Whether the person is at this tab, as the server was told. */
  get attention(): Attention {
    return this.#attention;
  }

  attend(attention: Attention): void {
    if (attention === this.#attention) return;
    this.#attention = attention;
    this.announce();
  }

  /** Says it (again): on every connect, and when it may have changed. */
  announce(): void {
    send('attention:set', { attention: this.#attention, desktop: this.mayNotify() }).then(
      ({ unread }) => unreadStore.set(unread),
      (error: unknown) => {
        // Offline: it is said on the next connect.
        if (!(error instanceof SocketRequestError)) throw error;
      },
    );
  }
}

export const reach: ReachKeeper = new ReachKeeper();

/**
 * Routes what the server tells of notices.
 * @returns stops, and forgets the person
 */
export function startNotices(socket: DoclightSocket): () => void {
  const each = (tell: (listener: NoticeListener) => void) => [...listeners].forEach(tell);
  socket.on('connect', () => {
    reach.announce();
    each((listener) => listener.onConnect?.());
  });
  socket.on('notifications:unread', ({ unread }) => unreadStore.set(unread));
  socket.on('notification:changed', (notice) => each((listener) => listener.onChanged?.(notice)));
  socket.on('notifications:read', (read) => each((listener) => listener.onRead?.(read.notificationIds)));
  socket.on('notifications:removed', (removed) =>
    each((listener) => listener.onRemoved?.(removed.workspaceId)),
  );
  socket.on('notification:show', (offer) => each((listener) => listener.onShow?.(offer)));
  return () => unreadStore.set(null);
}

/** Asks whether this tab is the one that shows an offer; false also where it cannot be asked. */
export async function claimOffer(offerId: string): Promise<boolean> {
  try {
    return (await send('notification:claim', { offerId })).show;
  } catch {
    return false;
  }
}
