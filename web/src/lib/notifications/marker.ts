/** Whom this browser is subscribed for, and as which device. */
export interface DeviceMarker {
  readonly userId: string;
  readonly deviceId: string;
  readonly endpoint: string;
}

// A cache is the one storage that the page and the service worker share and that takes one line to read. The
// same names are in public/sw.js.
const CACHE = 'doclight-notifications';
const ADDRESS = '/.doclight/device';

/** What was written down last; null: nobody, or there is no storage. */
export async function readMarker(): Promise<DeviceMarker | null> {
  try {
    const answer = await (await caches.open(CACHE)).match(ADDRESS);
    return answer ? ((await answer.json()) as DeviceMarker) : null;
  } catch {
    return null;
  }
}

/** Writes down whom this browser is subscribed for; null: nobody. */
export async function writeMarker(marker: DeviceMarker | null): Promise<void> {
  try {
    const cache = await caches.open(CACHE);
    if (marker) await cache.put(ADDRESS, new Response(JSON.stringify(marker)));
    else await cache.delete(ADDRESS);
  } catch {
    // Storage is switched off: the worker then shows only what the server confirms.
  }
}
