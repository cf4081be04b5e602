/** What a browser has, as far as notifications depend on it. */
export interface DeviceEnvironment {
  /** HTTPS, or this computer itself. */
  readonly secure: boolean;
  readonly serviceWorker: boolean;
  readonly push: boolean;
  readonly permission: NotificationPermission | null;
  /** An iPhone or iPad. */
  readonly ios: boolean;
  /** Opened from the home screen, as an app of its own. */
  readonly installed: boolean;
}

/**
 * What is possible on this device. `ready`: it can be asked for, or is allowed. `denied`: the person has
 * forbidden it in the browser, and only they can allow it again.
 */
export type DeviceSupport = 'ready' | 'denied' | 'insecure' | 'ios-not-installed' | 'unsupported';

/**
 * What is possible with what a browser has.
 * @see https://webkit.org/blog/13878/web-push-for-web-apps-on-ios-and-ipados/ for the rule of iOS
 */
export function supportOf(environment: DeviceEnvironment): DeviceSupport {
  if (!environment.secure) return 'insecure';
  if (environment.ios && !environment.installed) return 'ios-not-installed';
  if (!environment.serviceWorker || !environment.push || environment.permission === null)
    return 'unsupported';
  return environment.permission === 'denied' ? 'denied' : 'ready';
}

/** Looks at the browser this runs in. */
export function readEnvironment(): DeviceEnvironment {
  const { userAgent, maxTouchPoints } = navigator;
  return {
    secure: window.isSecureContext,
    serviceWorker: 'serviceWorker' in navigator,
    push: 'PushManager' in window,
    permission: typeof Notification === 'undefined' ? null : Notification.permission,
    // An iPad says that it is a Mac; no Mac has a touch screen.
    ios: /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1),
    installed: window.matchMedia('(display-mode: standalone)').matches,
  };
}

/** Whether a page may show desktop notifications. */
export function mayNotify(): boolean {
  return typeof Notification !== 'undefined' && Notification.permission === 'granted';
}
