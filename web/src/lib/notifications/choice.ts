import { createStore, type Store } from '../store';

/** Whether a person wants notifications in this browser; null: never said so. */
export type DeviceChoice = 'on' | 'off' | null;

const key = (userId: string): string => `doclight:notify:${userId}`;

/** Counts changes, so that whoever depends on the choice or the permission looks again. */
export const deviceChanges: Store<number> = createStore(0);

/** Tells everybody that the choice or the permission may be another one. */
export function noteDeviceChange(): void {
  deviceChanges.update((count) => count + 1);
}

export function readChoice(userId: string): DeviceChoice {
  try {
    const stored = localStorage.getItem(key(userId));
    return stored === 'on' || stored === 'off' ? stored : null;
  } catch {
    return null;
  }
}

/** Remembers the choice for when the person signs in here again. */
export function writeChoice(userId: string, choice: 'on' | 'off'): void {
  try {
    localStorage.setItem(key(userId), choice);
  } catch {
    // Storage is switched off: the choice holds until the page is left.
  }
  noteDeviceChange();
}
