import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESSION_COOKIE } from '@doclight/protocol';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { openSession } from './accounts.js';
import type { Product } from './product.js';

const START_MS = 20_000;

/** A browser as a person has it: one window, whose tabs but one are truly hidden. */
export interface Desktop {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/**
 * Starts a browser in which a tab behind another one is hidden. In those that Playwright starts every tab
 * believes to be in front.
 * @throws Error where it does not start within 20 s
 */
export async function startDesktop(product: Product, email: string): Promise<Desktop> {
  const profile = await mkdtemp(join(tmpdir(), 'doclight-desktop-'));
  const child = spawn(
    process.env.CHROMIUM_PATH ?? 'chromium',
    [
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  const end = async (): Promise<void> => {
    kill();
    await ended;
    process.off('exit', kill);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let printed = '';
      const timer = setTimeout(() => reject(new Error(`The browser did not start: ${printed}`)), START_MS);
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        const found = /ws:\/\/\S+/.exec(printed)?.[0];
        if (!found) return;
        clearTimeout(timer);
        resolve(found);
      });
    });
    const browser = await chromium.connectOverCDP(address, { noDefaults: true });
    const [context] = browser.contexts();
    if (!context) throw new Error('The browser has no window.');
    const value = await openSession(product, email);
    await context.addCookies([
      { name: SESSION_COOKIE, value, url: product.url, httpOnly: true, sameSite: 'Lax' },
    ]);
    return {
      context,
      close: async () => {
        await browser.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Notifications that a page has shown, newest last. */
export interface ShownNotifications {
  /** Their titles; only those that the browser says it has shown. */
  titles(): Promise<string[]>;
  /** Clicks the newest one. */
  click(): Promise<void>;
}

/** Follows what a page notifies of with the real `Notification`. Ask before the page is opened. */
export async function watchNotifications(page: Page): Promise<ShownNotifications> {
  await page.addInitScript(() => {
    const shown: Notification[] = [];
    const Real = window.Notification;
    window.Notification = class extends Real {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        this.addEventListener('show', () => shown.push(this));
      }
    };
    Object.assign(window, { shownNotifications: shown });
  });
  const handle = (): ReturnType<Page['evaluateHandle']> =>
    page.evaluateHandle(
      () => (window as unknown as { shownNotifications: Notification[] }).shownNotifications,
    );
  return {
    titles: async () => (await handle()).evaluate((shown: Notification[]) => shown.map(({ title }) => title)),
    click: async () =>
      (await handle()).evaluate((shown: Notification[]) => shown.at(-1)?.dispatchEvent(new Event('click'))),
  };
}
