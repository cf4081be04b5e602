import { createStore, type Store, useStore } from '../store';
import { useMedia } from '../use-media';

/** Removed and added in one column, or what was on the left and what is on the right. */
export type DiffLayout = 'inline' | 'side-by-side';

const KEY = 'doclight:diff-layout';
/** Two columns of text need this much. */
const ROOM = '(min-width: 840px)';

const layoutStore: Store<DiffLayout | null> = createStore<DiffLayout | null>(null);

function stored(): DiffLayout {
  try {
    return localStorage.getItem(KEY) === 'side-by-side' ? 'side-by-side' : 'inline';
  } catch {
    return 'inline';
  }
}

/** Chooses how diffs are shown, remembered in this browser. */
export function chooseDiffLayout(layout: DiffLayout): void {
  layoutStore.set(layout);
  try {
    localStorage.setItem(KEY, layout);
  } catch {
    // Storage is switched off: the choice holds for this page.
  }
}

/** How diffs are shown here; null where there is room for one column only, and so nothing to choose. */
export function useDiffLayout(): DiffLayout | null {
  const room = useMedia(ROOM);
  const chosen = useStore(layoutStore, (layout) => layout);
  return room ? (chosen ?? stored()) : null;
}
