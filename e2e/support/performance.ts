import type { Page } from '@playwright/test';

/** What a page has cost its reader so far; times in milliseconds. */
export interface PageCost {
  /** Largest contentful paint: when the largest piece of what is seen first was painted. */
  readonly lcp: number;
  /** Cumulative layout shift, without a unit: how far what was seen already was moved. */
  readonly cls: number;
  /** Total blocking time: what tasks took beyond 50 ms, from the first paint on. */
  readonly tbt: number;
  /** The longest task, 0 where none took 50 ms. */
  readonly longestTask: number;
  /** How many took 50 ms or more. */
  readonly longTasks: number;
  /** JavaScript files as they came over the wire, and as the browser unpacked them, in bytes. */
  readonly script: { readonly files: number; readonly wire: number; readonly unpacked: number };
}

/** One frame of the socket, as the page took it in. */
export interface AppliedFrame {
  /** Documents in it. */
  readonly documents: number;
  /** From the socket's message to the end of all it led to at once, the committed page among it; milliseconds. */
  readonly took: number;
  /** Lights on the page that were others after that. */
  readonly lights: number;
}

interface Watched {
  lcp: number;
  cls: number;
  longTasks: { start: number; duration: number }[];
  frames: AppliedFrame[];
}

type WatchedWindow = Window & { doclightWatch?: Watched };

/** Observes a page from its first moment. Call it before the page is opened. */
export async function watchCost(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { lcp: 0, cls: 0, longTasks: [], frames: [] };
    (window as WatchedWindow).doclightWatch = watched;
    const observe = <E extends PerformanceEntry>(type: string, take: (entry: E) => void): void => {
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) take(entry as E);
      }).observe({ type, buffered: true });
    };
    observe('largest-contentful-paint', ({ startTime }) => {
      watched.lcp = startTime;
    });
    observe<PerformanceEntry & { value: number; hadRecentInput: boolean }>('layout-shift', (shift) => {
      if (!shift.hadRecentInput) watched.cls += shift.value;
    });
    observe('longtask', ({ startTime, duration }) => {
      watched.longTasks.push({ start: startTime, duration });
    });
    const lights = (): string[] =>
      [...document.querySelectorAll('article')].map((article) => `${article.getAttribute('data-status')}`);
    // React commits what a message changes in microtasks. Those of one listener are done before the next listener
    // is called: the time between the two is what the message took, nothing left out.
    window.WebSocket = class extends WebSocket {
      override set onmessage(handler: ((event: MessageEvent) => void) | null) {
        super.onmessage = handler;
        let began = 0;
        let before: string[] = [];
        let documents = 0;
        this.addEventListener('message', () => {
          if (!documents) return;
          const took = performance.now() - began;
          const after = lights();
          const changed = after.filter((light, place) => light !== before[place]).length;
          watched.frames.push({ documents, took, lights: changed });
          performance.measure(`presence:diff of ${documents}`, { start: began, duration: took });
          documents = 0;
        });
        super.onmessage = (event) => {
          const text = typeof event.data === 'string' ? event.data : '';
          documents = text.includes('"presence:diff"') ? text.split('"documentId":').length - 1 : 0;
          if (documents) before = lights();
          began = performance.now();
          handler?.call(this, event);
        };
      }
    };
  });
}

/** What the page has cost since it was opened. */
export function costOf(page: Page): Promise<PageCost> {
  return page.evaluate(() => {
    const watched = (window as WatchedWindow).doclightWatch;
    if (!watched) throw new Error('The page was opened before it was watched.');
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    const blocking = watched.longTasks.filter(({ start }) => start >= painted);
    const files = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
      ({ name }) => new URL(name).pathname.endsWith('.js'),
    );
    const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
    return {
      lcp: watched.lcp,
      cls: watched.cls,
      tbt: sum(blocking.map(({ duration }) => duration - 50)),
      longTasks: watched.longTasks.length,
      longestTask: Math.max(0, ...watched.longTasks.map(({ duration }) => duration)),
      script: {
        files: files.length,
        wire: sum(files.map(({ encodedBodySize }) => encodedBodySize)),
        unpacked: sum(files.map(({ decodedBodySize }) => decodedBodySize)),
      },
    };
  });
}

/** Forgets the tasks and frames seen so far. */
export function forgetTasks(page: Page): Promise<void> {
  return page.evaluate(() => {
    const watched = (window as WatchedWindow).doclightWatch;
    watched?.longTasks.splice(0);
    watched?.frames.splice(0);
  });
}

/** The frames of presence that the page has applied. */
export function framesOf(page: Page): Promise<readonly AppliedFrame[]> {
  return page.evaluate(() => (window as WatchedWindow).doclightWatch?.frames ?? []);
}

/** The JavaScript files of the page with their bytes on the wire, largest first. */
export function scriptsOf(page: Page): Promise<{ name: string; wire: number }[]> {
  return page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .map(({ name, encodedBodySize }) => ({ name: new URL(name).pathname, wire: encodedBodySize }))
      .sort((a, b) => b.wire - a.wire),
  );
}

/**
 * Scrolls to the end of the page, by so many pixels in each of the browser's frames: down, or up where they are
 * negative. The end is where nothing has moved for half a second; lists that load more go on before.
 */
export function scrollThrough(page: Page, step: number): Promise<void> {
  return page.evaluate(
    (step) =>
      new Promise<void>((resolve) => {
        let moved = performance.now();
        const next = (now: number): void => {
          const before = window.scrollY;
          window.scrollBy(0, step);
          if (window.scrollY !== before) moved = now;
          if (now - moved > 500) resolve();
          else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    step,
  );
}
