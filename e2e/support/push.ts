import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PushPayload, pushPayloadSchema } from '@doclight/protocol';
import { type BrowserContext, expect, type Page, type Worker } from '@playwright/test';
import { type PushService, startPushService } from '../../scripts/lib/push-service.mjs';
import type { Product } from './product.js';

/** A push service on loopback, which takes what the server sends and keeps it. */
export interface TestPush {
  readonly service: PushService;
  /** What the product's environment needs to push to it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts the push service that browsers of a test subscribe with. */
export async function startPush(): Promise<TestPush> {
  const service = await startPushService();
  const folder = await mkdtemp(join(tmpdir(), 'doclight-e2e-push-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, service.ca);
  return {
    service,
    env: {
      PUSH_CA_FILE: caFile,
      PUSH_ALLOWED_HOSTS: service.host,
      VAPID_SUBJECT: 'mailto:operator@doclight.test',
    },
    stop: async () => {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Lets pages subscribe with that service: the one thing that a browser does only with its maker's. The service worker
 * and everything else stay as they are.
 * @returns the endpoints that were made, oldest first
 */
export async function subscribeWith(context: BrowserContext, { service }: TestPush): Promise<string[]> {
  const endpoints: string[] = [];
  await context.exposeFunction('subscribeForTest', () => {
    const subscription = service.subscribe();
    endpoints.push(subscription.endpoint);
    return subscription;
  });
  await context.addInitScript(() => {
    type Made = { endpoint: string; keys: Record<string, string> };
    const { subscribeForTest } = window as unknown as { subscribeForTest: () => Promise<Made> };
    if (typeof PushManager === 'undefined') return;
    // Kept over page loads, as a browser does.
    const key = 'test:subscription';
    const restore = (): PushSubscription | null => {
      const made: Made | null = JSON.parse(localStorage.getItem(key) ?? 'null');
      const unsubscribe = async (): Promise<boolean> => {
        localStorage.removeItem(key);
        return true;
      };
      const subscription = { ...made, options: {}, toJSON: () => made, unsubscribe };
      return made && (subscription as unknown as PushSubscription);
    };
    PushManager.prototype.getSubscription = async () => restore();
    PushManager.prototype.subscribe = async () => {
      localStorage.setItem(key, JSON.stringify(await subscribeForTest()));
      return restore() as PushSubscription;
    };
  });
  return endpoints;
}

/** What was pushed to an endpoint, as its service worker is handed it. */
export function payloadsTo({ service }: TestPush, endpoint: string): PushPayload[] {
  return service.to(endpoint).map(({ text }) => pushPayloadSchema.parse(JSON.parse(text)));
}

/** The real service worker of a browser. */
export interface Receiver {
  /** Hands it something as the browser does when it was pushed. */
  deliver(data: string): Promise<void>;
  /** Titles and texts of what it shows, by title. */
  shown(): Promise<string[]>;
  worker(): Worker;
}

/**
 * Reaches the service worker of a product’s origin.
 * @param page any page of that browser; it need not be one of the product
 */
export async function receiverOf(page: Page, { url }: Product): Promise<Receiver> {
  const worker = (): Worker => {
    const found = page
      .context()
      .serviceWorkers()
      .find((one) => one.url() === `${url}/sw.js`);
    if (!found) throw new Error('There is no service worker.');
    return found;
  };
  await expect.poll(() => page.context().serviceWorkers().length).toBeGreaterThan(0);
  const session = await page.context().newCDPSession(page);
  const registration = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL }) => scopeURL === `${url}/`);
      if (found) resolve(found.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await registration;
  return {
    worker,
    deliver: async (data) => {
      await session.send('ServiceWorker.deliverPushMessage', { origin: url, registrationId, data });
    },
    shown: () =>
      worker().evaluate(async () => {
        const scope = globalThis as unknown as { registration: ServiceWorkerRegistration };
        const shown = await scope.registration.getNotifications();
        return shown.map(({ title, body }) => (body === '' ? title : `${title}: ${body}`)).sort();
      }),
  };
}
