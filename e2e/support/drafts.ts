import { expect, type Locator, type Page } from '@playwright/test';

/** Of a draft kept in the browser, what tests look at. */
export interface KeptDraft {
  readonly words: { readonly title: string; readonly text: string };
  readonly wanted: boolean;
}

/** What this browser keeps of unsaved changes, whoever they belong to. */
export function keptDrafts(page: Page): Promise<KeptDraft[]> {
  return page.evaluate(
    () =>
      new Promise<KeptDraft[]>((resolve, reject) => {
        const opening = indexedDB.open('doclight');
        opening.onerror = () => reject(opening.error);
        // Nobody has kept anything yet: an empty database must not stand in the way of the real one.
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onsuccess = () => {
          const reading = opening.result.transaction('drafts').objectStore('drafts').getAll();
          reading.onsuccess = () => resolve(reading.result);
          reading.onerror = () => reject(reading.error);
          opening.result.close();
        };
      }),
  );
}

/** Waits until the browser keeps exactly these texts, in any order. */
export async function expectKept(page: Page, texts: readonly (string | RegExp)[]): Promise<void> {
  await expect(async () => {
    const kept = (await keptDrafts(page)).map(({ words }) => words.text);
    expect(kept).toHaveLength(texts.length);
    for (const text of texts)
      expect(kept).toContainEqual(typeof text === 'string' ? text : expect.stringMatching(text));
  }).toPass({ timeout: 10_000 });
}

/** Removes everything this browser keeps. */
export async function forgetDrafts(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('doclight');
        deleting.onsuccess = resolve;
        deleting.onerror = reject;
      }),
  );
}

/** The offers to take up what was left unsaved. */
export const offers = (page: Page): Locator => page.getByRole('region', { name: /^Unsaved changes from / });

/** Kills the page's process: nothing of it runs any more, not even what pages do when they are closed. */
export async function crash(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // It never answers.
  devtools.send('Page.crash').catch(() => undefined);
  await crashed;
}
