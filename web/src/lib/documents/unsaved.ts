import { createStore, type Store } from '../store';

/** True while the document open in this tab has changes that are not saved. */
export const unsavedStore: Store<boolean> = createStore(false);
