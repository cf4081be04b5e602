import type { Page } from '@playwright/test';
import { card, expectLight, type LightLog, recordLights } from './dashboard.js';

/** Proof that something did not happen: that nobody was ever seen to leave a document. */
export interface LeaveWatch {
  /** Every light of the watched document, after any leave up to now would have been shown. */
  lightsSoFar(): Promise<string[]>;
  /** As `LightLog.all`, without waiting. */
  readonly log: LightLog;
}

/**
 * Watches a document on a dashboard. Whoever leaves is held for a moment of grace before anyone is told, so what
 * did not happen shows only later: another person's tab is closed, and when that is seen, every leave that came
 * before it has been seen too.
 * @param watcher shows the dashboard
 * @param witness a person without a part in the test; a tab of theirs is opened and closed
 * @param fence a document that nobody else is in
 */
export async function watchForLeaves(
  watcher: Page,
  title: string,
  witness: Page,
  fence: { readonly slug: string; readonly title: string },
  witnessName: string,
): Promise<LeaveWatch> {
  const log = await recordLights(watcher, title);
  await witness.goto(`/documents/${fence.slug}`);
  await expectLight(card(watcher, fence.title), 'read', `Reading · ${witnessName}`);
  return {
    log,
    lightsSoFar: async () => {
      await witness.close();
      await expectLight(card(watcher, fence.title), 'free', 'Free');
      return log.all();
    },
  };
}
