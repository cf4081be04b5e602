import type { PresenceStatus } from '@doclight/protocol';
import { expect, type Locator, type Page } from '@playwright/test';

/** The dashboard's article of a document. */
export const card = (page: Page, title: string): Locator =>
  page.getByRole('article', { name: title, exact: true });

/** The presence label inside a card, or on the page of a document. */
export const label = (scope: Page | Locator): Locator => scope.locator('[data-presence-label]');

/** The number of people who are connected. */
export const activeUsers = (page: Page): Locator => page.getByLabel('Active users', { exact: true });

/** Opens the dashboard and waits until it is known who is where. */
export async function openDashboard(page: Page): Promise<void> {
  await page.goto('/');
  await expect(label(page.getByRole('article').first())).toBeVisible();
}

const LIGHTS = { free: 'green', read: 'yellow', edit: 'red' } as const;

/** The name of a label's colour: `green`, `yellow`, `red`, or `grey` while the connection is away. */
export const colourOf = (light: Locator): Promise<string> => light.evaluate(colourName);

/** What is said of a document: by the status, in words, and by the colour of the label. */
export async function expectLight(
  scope: Page | Locator,
  status: PresenceStatus,
  words: string,
): Promise<void> {
  const light = label(scope);
  await expect(light).toHaveText(words);
  await expect(light).toHaveAttribute('data-status', status);
  await expect.poll(() => colourOf(light)).toBe(LIGHTS[status]);
}

/** Runs in the page: the name of the background's hue, whatever notation the style is written in. */
function colourName(element: Element): string {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!context) return 'unknown';
  context.fillStyle = getComputedStyle(element).backgroundColor;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  if (range < 4) return 'grey';
  if (most === green && red < blue + range / 2) return 'green';
  if (most === red && green - blue < range / 2) return 'red';
  return 'yellow';
}

/** Every light of one document, in the order in which the page ever showed it. */
export interface LightLog {
  /** From the first one on; one that stays counts once. */
  all(): Promise<string[]>;
}

/**
 * Writes down each `data-status` that a document's card has from now on, also one that no frame was
 * painted with.
 */
export async function recordLights(page: Page, title: string): Promise<LightLog> {
  const log = await card(page, title).evaluateHandle((article) => {
    const id = article.getAttribute('data-document-id');
    const seen: string[] = [];
    const see = (status: string | null | undefined): void => {
      if (status && seen.at(-1) !== status) seen.push(status);
    };
    const now = (): void =>
      see(document.querySelector(`article[data-document-id="${id}"]`)?.getAttribute('data-status'));
    now();
    new MutationObserver((records) => {
      for (const { target, oldValue } of records)
        if (target instanceof Element && target.getAttribute('data-document-id') === id) see(oldValue);
      now();
    }).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-status'],
      attributeOldValue: true,
    });
    return seen;
  });
  return { all: () => log.jsonValue() };
}
