import { randomId } from '../random-id';

const KEY = 'doclight:tab';

/**
 * A random name of this tab that survives a reload, so that the server can replace what the tab
 * held before. It is kept in storage only between `pagehide` and the next load: a duplicated tab
 * copies the storage of a living one, and must not copy its name.
 */
export function createTabId(): string {
  const id = readStored() ?? randomId();
  window.addEventListener('pagehide', () => store(id));
  window.addEventListener('pageshow', () => store(null));
  store(null);
  return id;
}

function readStored(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(id: string | null): void {
  try {
    if (id === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, id);
  } catch {
    // Storage is switched off: a reload then counts as a short absence.
  }
}
