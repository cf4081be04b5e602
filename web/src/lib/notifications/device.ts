import type { PushDevice } from '@doclight/protocol';
import { ApiError, hasCode } from '../api/api-error';
import { request } from '../api/request';
import { noteDeviceChange, readChoice, writeChoice } from './choice';
import { healPlan } from './heal-plan';
import { readMarker, writeMarker } from './marker';
import { mayNotify, readEnvironment, supportOf } from './support';

/** Some browsers wait for a push service that they cannot reach without ever saying so. */
const SUBSCRIBE_WITHIN_MS = 15_000;
/** Nobody who signs out waits for longer. */
const FORGET_WITHIN_MS = 1_500;

/** Why this browser could not be subscribed, in words for the person. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';
}

/** What `turnOn` came to: a device; or the person has not allowed it. */
export type TurnedOn = { readonly device: PushDevice } | { readonly permission: 'default' | 'denied' };

/**
 * Asks for the permission, and subscribes this browser. To be called from a click: browsers ask only then.
 * @throws {DeviceError | ApiError} with words for the person; desktop notifications may be allowed nevertheless
 */
export async function turnOn(userId: string): Promise<TurnedOn> {
  const permission = await Notification.requestPermission();
  noteDeviceChange();
  if (permission !== 'granted') return { permission };
  writeChoice(userId, 'on');
  return { device: await subscribe(userId) };
}

/** Ends notifications in this browser, until they are turned on again. */
export async function turnOff(userId: string): Promise<void> {
  writeChoice(userId, 'off');
  const marker = await readMarker();
  if (marker && marker.userId === userId) {
    await request('DELETE /api/push/subscriptions/:subscriptionId', {
      params: { subscriptionId: marker.deviceId },
    }).catch((error: unknown) => {
      // Removed already, on another device or because its push service knows it no more.
      if (!hasCode(error, 'NOT_FOUND')) throw error;
    });
  }
  await drop();
}

/**
 * When the app starts: renews the subscription of this browser for whoever is signed in, makes a new one where it
 * was lost, and ends one that is another person's or was revoked. Never asks, never complains.
 * @param signedIn the person has just signed in, rather than come back
 */
export async function healDevice(userId: string, signedIn: boolean): Promise<void> {
  if (supportOf(readEnvironment()) !== 'ready' || !mayNotify()) return;
  // As it was when the app started: whoever turns notifications on meanwhile is subscribed by that.
  const choice = readChoice(userId);
  try {
    const [registration, marker] = await Promise.all([register(), readMarker()]);
    const subscription = await registration.pushManager.getSubscription();
    if (!subscription && choice !== 'on') return;
    const plan = healPlan({
      userId,
      choice,
      marker,
      subscribed: subscription !== null,
      keyFits: subscription !== null && madeWith(subscription, await serverKey()),
      known: marker !== null && (await listDevices()).some(({ id }) => id === marker.deviceId),
      signedIn,
    });
    if (plan === 'drop') await drop();
    else if (plan === 'revoked') {
      writeChoice(userId, 'off');
      await drop();
    } else if (plan === 'resubscribe') {
      await subscription?.unsubscribe();
      await subscribe(userId);
    } else if (plan === 'renew' && subscription) await tellServer(userId, subscription);
  } catch {
    // The next start tries again; the settings say what is wrong to whoever asks.
  }
}

/** Before signing out: on a shared computer nothing of this person may come any more, or stay on the screen. */
export async function forgetDevice(): Promise<void> {
  const forget = async (): Promise<void> => {
    const registration = await navigator.serviceWorker?.getRegistration();
    for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
    await drop();
  };
  await within(FORGET_WITHIN_MS, forget()).catch(() => undefined);
}

/** The service worker, active; null where there is none and cannot be one. */
export async function activeWorker(): Promise<ServiceWorkerRegistration | null> {
  return 'serviceWorker' in navigator ? register().catch(() => null) : null;
}

async function subscribe(userId: string): Promise<PushDevice> {
  const make = async (): Promise<PushSubscription> => {
    const [registration, applicationServerKey] = await Promise.all([register(), serverKey()]);
    return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  };
  return tellServer(userId, await within(SUBSCRIBE_WITHIN_MS, make()).catch(explain));
}

function explain(error: unknown): never {
  if (error instanceof ApiError || error instanceof DeviceError) throw error;
  throw new DeviceError(
    'The browser could not reach its push service. A firewall, or a browser without one, may be the reason.',
  );
}

async function tellServer(userId: string, subscription: PushSubscription): Promise<PushDevice> {
  const { endpoint, keys } = subscription.toJSON();
  const marker = await readMarker();
  const replaces =
    marker && marker.userId === userId && marker.endpoint !== endpoint ? marker.endpoint : undefined;
  const device = await request('POST /api/push/subscriptions', {
    body: {
      endpoint: endpoint ?? '',
      keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
      ...(replaces === undefined ? {} : { replaces }),
    },
  });
  await writeMarker({ userId, deviceId: device.id, endpoint: endpoint ?? '' });
  noteDeviceChange();
  return device;
}

async function drop(): Promise<void> {
  await writeMarker(null);
  const registration = await navigator.serviceWorker?.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
  noteDeviceChange();
}

async function register(): Promise<ServiceWorkerRegistration> {
  const registering = navigator.serviceWorker
    .register('/sw.js', { scope: '/', updateViaCache: 'none' })
    .then(() => navigator.serviceWorker.ready);
  return within(SUBSCRIBE_WITHIN_MS, registering);
}

async function serverKey(): Promise<string> {
  return (await request('GET /api/push/key')).publicKey;
}

async function listDevices(): Promise<readonly PushDevice[]> {
  return (await request('GET /api/push/subscriptions')).devices;
}

function madeWith(subscription: PushSubscription, publicKey: string): boolean {
  const key = subscription.options.applicationServerKey;
  // Not every browser tells: then nothing speaks against it.
  if (!key) return true;
  const base64 = btoa(String.fromCharCode(...new Uint8Array(key)));
  return base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '') === publicKey;
}

/** @throws {DeviceError} where it takes longer */
function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const seconds = Math.round(milliseconds / 1000);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(
          new DeviceError(`The browser’s push service did not answer within ${seconds} s. Try again later.`),
        ),
      milliseconds,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
