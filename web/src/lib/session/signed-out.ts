import { createStore, type Store } from '../store';

/** True while the session is over on a page that has something to lose, and so is not left by itself. */
export const signedOutStore: Store<boolean> = createStore(false);
