import { createStore, type Store } from '../store';

/** A navigation held back because the page has something to lose. */
export interface HeldNavigation {
  /** Goes there after all. */
  proceed(): void;
}

/** The navigation waiting for an answer, if any: the page that guards itself shows a question. */
export const heldNavigation: Store<HeldNavigation | null> = createStore<HeldNavigation | null>(null);

/** Takes the present guard away; null while the page is not guarded. */
let releaseGuard: (() => void) | null = null;

/** The part of the Navigation API used here; not every browser has it. */
interface TraverseEvent extends Event {
  readonly navigationType: string;
  readonly cancelable: boolean;
  readonly destination: { readonly key: string };
}
interface Navigation extends EventTarget {
  traverseTo(key: string): unknown;
}

/**
 * Guards the page against being left: links, the back button (where the browser allows it), closing
 * the tab. In-app code navigates through `navigate`.
 * @param navigate goes to a path of the app
 * @returns takes the guard away
 */
export function guardPage(navigate: (href: string) => void): () => void {
  releaseGuard?.();
  const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
  const onClick = (event: MouseEvent): void => {
    const href = sameOriginTarget(event);
    if (href === null) return;
    event.preventDefault();
    event.stopPropagation();
    hold(() => navigate(href));
  };
  const navigation = (window as { navigation?: Navigation }).navigation;
  const onTraverse = (event: Event): void => {
    const traverse = event as TraverseEvent;
    if (traverse.navigationType !== 'traverse' || !traverse.cancelable) return;
    traverse.preventDefault();
    hold(() => navigation?.traverseTo(traverse.destination.key));
  };
  window.addEventListener('beforeunload', onUnload);
  // On the window and capturing: before the router's own handler of the link.
  window.addEventListener('click', onClick, true);
  navigation?.addEventListener('navigate', onTraverse);
  const release = (): void => {
    releaseGuard = null;
    heldNavigation.set(null);
    window.removeEventListener('beforeunload', onUnload);
    window.removeEventListener('click', onClick, true);
    navigation?.removeEventListener('navigate', onTraverse);
  };
  releaseGuard = release;
  return () => {
    if (releaseGuard === release) release();
  };
}

/** Runs a navigation of the app's own code, or holds it back while the page is guarded. */
export function leaveVia(go: () => void): void {
  if (releaseGuard) hold(go);
  else go();
}

/** True while the page has something to lose. */
export function isGuarded(): boolean {
  return releaseGuard !== null;
}

/** Takes the guard away and goes, without a question: it was answered, or nothing is lost. */
export function leaveAnyway(go: () => void): void {
  releaseGuard?.();
  go();
}

function hold(go: () => void): void {
  heldNavigation.set({
    proceed: () => leaveAnyway(go),
  });
}

/** The path a plain click on a link of this origin leads to, null for anything else. */
function sameOriginTarget(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hasAttribute('download'))
    return null;
  // Links inside the text being written are the editor's own business.
  if (link.closest('[contenteditable="true"]') || link.origin !== location.origin) return null;
  if (link.pathname === location.pathname && link.search === location.search) return null;
  return `${link.pathname}${link.search}${link.hash}`;
}
