/** A claim on telling of an event is kept this long, so that every tab has heard of it. */
const CLAIM_MS = 6_000;

/**
 * Takes it upon this tab to tell of an event, of all tabs of this browser.
 * @returns whether it is this tab that tells
 */
export function claimTelling(eventId: string): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks
      .request(`doclight:told:${eventId}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise((end) => setTimeout(end, CLAIM_MS));
      })
      .catch(() => resolve(true));
  });
}
