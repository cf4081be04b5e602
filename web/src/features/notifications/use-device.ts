import { useEffect, useRef } from 'react';
import { deviceChanges, noteDeviceChange, readChoice } from '@/lib/notifications/choice';
import { mayNotify } from '@/lib/notifications/support';
import { reach, unreadStore } from '@/lib/realtime/notices';
import { takeFreshSignIn } from '@/lib/session/fresh-sign-in';

/** What the service worker asks of a page when a notice is clicked. */
interface OpenMessage {
  readonly type: 'doclight:open';
  readonly url: string;
}

/**
 * Keeps this browser's part in order while somebody is signed in: its subscription, what the server is told of the
 * tab, the number on the app's icon, and where clicks on notices lead.
 * @param go goes to a path of the app
 */
export function useDevice(userId: string, go: (url: string) => void): void {
  const signedIn = useRef(false);
  useEffect(() => {
    reach.mayNotify = () => mayNotify() && readChoice(userId) !== 'off';
    const stopChanges = deviceChanges.subscribe(() => reach.announce());
    const stopPermission = watchPermission();
    const stopBadge = unreadStore.subscribe(() => showBadge(unreadStore.get()));
    // Most people have not allowed it: there is nothing to heal, and no need of the code.
    if (takeFreshSignIn()) signedIn.current = true;
    if (mayNotify())
      import('@/lib/notifications/device').then(
        ({ healDevice }) => healDevice(userId, signedIn.current),
        // Without a network it could not ask the server either. The next start does.
        () => undefined,
      );
    return () => {
      stopChanges();
      stopPermission();
      stopBadge();
    };
  }, [userId]);
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const onMessage = ({ data, ports }: MessageEvent<OpenMessage | null>): void => {
      if (data?.type !== 'doclight:open') return;
      ports[0]?.postMessage('gone');
      go(data.url);
    };
    navigator.serviceWorker.addEventListener('message', onMessage);
    return () => navigator.serviceWorker.removeEventListener('message', onMessage);
  }, [go]);
}

/** Notices when the permission is changed in the browser's own settings. */
function watchPermission(): () => void {
  let status: PermissionStatus | undefined;
  let stopped = false;
  navigator.permissions?.query({ name: 'notifications' }).then(
    (found) => {
      if (stopped) return;
      status = found;
      status.addEventListener('change', noteDeviceChange);
    },
    () => undefined,
  );
  return () => {
    stopped = true;
    status?.removeEventListener('change', noteDeviceChange);
  };
}

function showBadge(unread: number | null): void {
  // Only installed apps have one, and not every browser knows of it.
  navigator.setAppBadge?.(unread ?? 0).catch(() => undefined);
}
