import type { DocumentSaved } from '@doclight/protocol';

/** What is known of this tab when a save is heard of. */
export interface TabState {
  readonly userId: string;
  readonly visible: boolean;
  /** The document whose page is open in this tab. */
  readonly openSlug: string | null;
  readonly permission: NotificationPermission | 'unsupported';
  /** False for a save that was missed and caught up with. */
  readonly live: boolean;
}

/**
 * How to tell of a save: not at all (one's own; or the page on screen shows it by itself), by a
 * toast, or, where nobody looks at the tab and it is allowed, by the desktop.
 */
export function howToTell(saved: DocumentSaved, tab: TabState): 'nothing' | 'toast' | 'desktop' {
  if (saved.savedBy.id === tab.userId) return 'nothing';
  if (!tab.visible && tab.permission === 'granted' && tab.live) return 'desktop';
  if (tab.openSlug === saved.slug) return 'nothing';
  return 'toast';
}
