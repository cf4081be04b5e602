import type { Attention } from '@doclight/protocol';

/** How a tab is asked to show something. */
export type OfferedWay = 'toast' | 'desktop';

/** Where a person is and what they want, when something is to be told. */
export interface Situation {
  /** In that very document, with the page before their eyes. */
  readonly looking: boolean;
  /** How they can be reached over all gateways; null: no page is open. */
  readonly reach: { readonly attention: Attention; readonly desktop: boolean } | null;
  /** Browsers that they are pushed to. */
  readonly devices: number;
  readonly quiet: boolean;
}

/** How somebody is told of something; never in two ways. */
export type Way =
  | { readonly kind: 'toast' | 'desktop' | 'push' }
  /** In the centre only. */
  | { readonly kind: 'centre'; readonly reason: 'quiet-hours' | 'no-device' }
  /** Not at all: the page that they look at shows it. */
  | { readonly kind: 'nothing' };

/**
 * How somebody is told of something.
 *
 * Who looks at the document sees it there. Who is at any other page of Doclight gets a toast, in quiet hours
 * too: it disturbs nobody who is there. Who has pages open and looks at none is told on the desktop by one of
 * them, or, where none may, pushed to; a toast that waits for them is better than nothing. Who has no page
 * open is pushed to. Quiet hours leave the centre.
 */
export function wayOf({ looking, reach, devices, quiet }: Situation): Way {
  if (looking) return { kind: 'nothing' };
  if (reach?.attention === 'active') return { kind: 'toast' };
  if (quiet) return { kind: 'centre', reason: 'quiet-hours' };
  if (reach?.desktop) return { kind: 'desktop' };
  if (devices > 0) return { kind: 'push' };
  return reach ? { kind: 'toast' } : { kind: 'centre', reason: 'no-device' };
}

/** One tab of a gateway. */
export interface Tab {
  readonly attention: Attention;
  readonly desktop: boolean;
}

/**
 * The tab of a gateway that shows something, the newest of those that are fit; undefined: none is, and one of
 * another gateway will be.
 * @param attention the most active one of the person's tabs, over all gateways: a toast goes there
 * @param tabs oldest first
 */
export function chooseTab<T extends Tab>(
  way: OfferedWay,
  attention: Attention,
  tabs: readonly T[],
): T | undefined {
  return tabs.findLast((tab) => (way === 'desktop' ? tab.desktop : tab.attention === attention));
}
