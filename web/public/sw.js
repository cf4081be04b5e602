// @ts-check
/// <reference lib="webworker" />

// The service worker: shows what is pushed while no page is open, and leads to it. It caches nothing and
// handles no fetch. It is served as it is written, so that it depends on no build; what it decides is in plain
// functions, which tests call.

/**
 * What the server pushes; see `PushPayload` of the protocol.
 * @typedef {{ userId: string, notificationId: string | null, title: string, body: string, tag: string,
 *   url: string, at: string, unread: number }} Payload
 */
/**
 * Whom this browser is subscribed for, as the page wrote it down.
 * @typedef {{ userId: string, deviceId: string, endpoint: string }} Marker
 */
/**
 * Who is signed in: a person's id, nobody, or `unknown` while the server cannot be reached.
 * @typedef {{ userId: string } | 'nobody' | 'unknown'} Visitor
 */
/** @typedef {{ id: string, url: string, visible: boolean, focused: boolean }} Tab */
/**
 * What a click on a notice does: brings a tab to the front, has a tab go there, or opens a new one.
 * @typedef {{ kind: 'focus' | 'go', id: string } | { kind: 'open' }} Click
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** The same names as in the page (src/lib/notifications/marker.ts). */
const MARKER_CACHE = 'doclight-notifications';
const MARKER_URL = '/.doclight/device';
const ASK_WITHIN_MS = 4_000;
const ANSWER_WITHIN_MS = 1_000;

/** @param {string | undefined} text @returns {Payload | null} null: it is none of ours */
function readPayload(text) {
  try {
    const payload = JSON.parse(text ?? '');
    const texts = [payload.userId, payload.title, payload.body, payload.tag, payload.url];
    return texts.every((one) => typeof one === 'string') ? payload : null;
  } catch {
    return null;
  }
}

/**
 * Whether what was pushed may be shown: to the person it is for, while they are signed in here.
 * Offline, the one whom the browser was subscribed for is believed to be.
 * @param {string} userId whom it is for
 * @param {Visitor} visitor
 * @param {string | null} subscribedFor
 */
function isTheirs(userId, visitor, subscribedFor) {
  if (visitor === 'nobody') return false;
  return visitor === 'unknown' ? subscribedFor === userId : visitor.userId === userId;
}

/** The part of a path that names a document: its page, its editor and its history are one place. @param {string} path */
function placeOf(path) {
  return path.replace(/^(\/documents\/[^/]+)\/(edit|history)\/?$/, '$1').replace(/(?!^)\/$/, '');
}

/**
 * What a click on a notice does. A tab on that document comes to the front as it is. Else any tab goes there,
 * the one last looked at first, but for those where something is being written: nobody is taken away from that.
 * @param {readonly Tab[]} tabs the one last used first
 * @param {string} url where the notice leads
 * @param {string} origin
 * @returns {Click}
 */
function planClick(tabs, url, origin) {
  const target = new URL(url, origin);
  const here = tabs
    .filter((tab) => new URL(tab.url).origin === origin)
    .map((tab) => ({ ...tab, path: new URL(tab.url).pathname }))
    .sort((a, b) => Number(b.focused) - Number(a.focused) || Number(b.visible) - Number(a.visible));
  const there =
    here.find(({ path }) => path === target.pathname) ??
    here.find(({ path }) => placeOf(path) === placeOf(target.pathname));
  if (there) {
    const asIs = there.path === target.pathname || there.path.endsWith('/edit');
    return { kind: asIs ? 'focus' : 'go', id: there.id };
  }
  const other = here.find(({ path }) => !path.endsWith('/edit'));
  return other ? { kind: 'go', id: other.id } : { kind: 'open' };
}

/** Whether a person has the page in front of them that a notice leads to. @param {readonly Tab[]} tabs @param {string} url @param {string} origin */
function isLookedAt(tabs, url, origin) {
  const place = placeOf(new URL(url, origin).pathname);
  return (
    place !== '/' &&
    tabs.some((tab) => tab.focused && tab.visible && placeOf(new URL(tab.url).pathname) === place)
  );
}

/** Where a notice leads, on this origin whatever it says. @param {unknown} url */
function safePath(url) {
  const { origin } = worker.location;
  const target = new URL(typeof url === 'string' ? url : '/', origin);
  return target.origin === origin ? `${target.pathname}${target.search}${target.hash}` : '/';
}

/** @returns {Promise<Marker | null>} */
async function readMarker() {
  const cache = await caches.open(MARKER_CACHE);
  const answer = await cache.match(MARKER_URL);
  return answer ? answer.json() : null;
}

/** @param {Marker} marker */
async function writeMarker(marker) {
  const cache = await caches.open(MARKER_CACHE);
  await cache.put(MARKER_URL, new Response(JSON.stringify(marker)));
}

/** @returns {Promise<Visitor>} */
async function askWhoIsHere() {
  try {
    const answer = await fetch('/api/auth/me', {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(ASK_WITHIN_MS),
    });
    if (answer.status === 401) return 'nobody';
    if (!answer.ok) return 'unknown';
    const { user } = await answer.json();
    return { userId: user.id };
  } catch {
    return 'unknown';
  }
}

/** @returns {Promise<readonly (Tab & { client: WindowClient })[]>} */
async function openTabs() {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.map((client) => ({
    client,
    id: client.id,
    url: client.url,
    visible: client.visibilityState === 'visible',
    focused: client.focused,
  }));
}

/** Shows what was pushed. Browsers demand that something is seen: what is not for the eyes of whoever is here is told without a word of it. @param {string | undefined} text */
async function onPush(text) {
  const payload = readPayload(text);
  const [visitor, marker] = await Promise.all([askWhoIsHere(), readMarker().catch(() => null)]);
  if (!payload || !isTheirs(payload.userId, visitor, marker?.userId ?? null)) {
    await worker.registration.showNotification('Doclight', {
      body: visitor === 'nobody' ? 'Sign in to see what is new.' : 'Something is new.',
      tag: 'doclight',
      icon: '/icons/icon-192.png',
      badge: '/icons/badge-96.png',
      data: { url: '/', notificationId: null },
    });
    // Whoever signs in here next decides anew; until then nothing more comes.
    if (visitor === 'nobody') await (await worker.registration.pushManager.getSubscription())?.unsubscribe();
    return;
  }
  const url = safePath(payload.url);
  if (isLookedAt(await openTabs(), url, worker.location.origin)) return;
  const shown = await worker.registration.getNotifications({ tag: payload.tag });
  await worker.registration.showNotification(payload.title, {
    body: payload.body,
    tag: payload.tag,
    // The same notice with a higher count is replaced quietly; another one of the same document is heard.
    ...{ renotify: shown.some(({ data }) => data?.notificationId !== payload.notificationId) },
    ...{ timestamp: Date.parse(payload.at) || Date.now() },
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    data: { url, notificationId: payload.notificationId },
  });
  await setBadge(payload.unread);
}

/** The number on the installed app's icon, where there is such a thing. @param {number} unread */
async function setBadge(unread) {
  const { setAppBadge } = /** @type {{ setAppBadge?: (count: number) => Promise<void> }} */ (
    worker.navigator
  );
  if (setAppBadge && Number.isInteger(unread))
    await setAppBadge.call(worker.navigator, unread).catch(() => {});
}

/** Goes where a notice leads. @param {{ url?: unknown, notificationId?: string | null } | null} data */
async function onClick(data) {
  const url = safePath(data?.url);
  const tabs = await openTabs();
  const click = planClick(tabs, url, worker.location.origin);
  const tab = click.kind === 'open' ? undefined : tabs.find(({ id }) => id === click.id);
  if (!tab) {
    await worker.clients.openWindow(url);
    return;
  }
  const client = await tab.client.focus().catch(() => tab.client);
  if (click.kind === 'focus' || (await goWithin(client, url))) return;
  // Its page does not answer: it is at the login, or frozen.
  const moved = await client.navigate(url).catch(() => null);
  if (!moved) await worker.clients.openWindow(url);
}

/**
 * Asks a page to go somewhere by its own router, which keeps its connection and asks before something typed is left.
 * @param {WindowClient} client
 * @param {string} url
 * @returns {Promise<boolean>} whether it answered
 */
function goWithin(client, url) {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    const timer = setTimeout(() => resolve(false), ANSWER_WITHIN_MS);
    channel.port1.onmessage = () => {
      clearTimeout(timer);
      resolve(true);
    };
    client.postMessage({ type: 'doclight:open', url }, [channel.port2]);
  });
}

/** Whoever clicks a notice has seen it. @param {string | null | undefined} notificationId */
async function markRead(notificationId) {
  if (notificationId) await post('/api/notifications/read', { ids: [notificationId] }).catch(() => {});
}

/** @param {string} path @param {unknown} body */
function post(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/**
 * The browser has replaced or ended the subscription: subscribes again and tells the server. Where that fails, the
 * next page that is opened heals it.
 * @param {PushSubscription | null} old
 * @param {PushSubscription | null} renewed
 */
async function onSubscriptionChange(old, renewed) {
  const marker = await readMarker();
  if (!marker) return;
  const subscription = renewed ?? (await subscribeAgain());
  const { endpoint, keys } = subscription.toJSON();
  const replaces = old?.endpoint ?? marker.endpoint;
  const answer = await post('/api/push/subscriptions', { endpoint, keys, replaces });
  if (!answer.ok) {
    if (answer.status === 401) await subscription.unsubscribe();
    return;
  }
  const { id } = await answer.json();
  await writeMarker({ userId: marker.userId, deviceId: id, endpoint: subscription.endpoint });
}

async function subscribeAgain() {
  const answer = await fetch('/api/push/key', { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`The key was not given: ${answer.status}.`);
  const { publicKey } = await answer.json();
  return worker.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
}

// A newer worker takes over at once: no page depends on the one before.
worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('push', (event) => event.waitUntil(onPush(event.data?.text())));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { data } = event.notification;
  event.waitUntil(Promise.all([onClick(data), markRead(data?.notificationId)]));
});
worker.addEventListener('pushsubscriptionchange', (event) => {
  const { oldSubscription = null, newSubscription = null } =
    /** @type {ExtendableEvent & { oldSubscription?: PushSubscription | null, newSubscription?: PushSubscription | null }} */ (
      event
    );
  event.waitUntil(onSubscriptionChange(oldSubscription, newSubscription));
});
