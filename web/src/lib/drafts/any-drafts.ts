/** The database of drafts; `draft-store.ts` makes it. */
export const DRAFTS = 'doclight';

/**
 * Whether there are drafts in this browser, whoever's they are. Mostly there are none, and then the code that reads,
 * merges and sends them is not needed: this looks without it. True where it cannot be told.
 */
export async function anyDrafts(): Promise<boolean> {
  try {
    // Opening a database that is not there would make it, without its stores.
    if ((await indexedDB.databases()).every(({ name }) => name !== DRAFTS)) return false;
    return (await countDrafts()) > 0;
  } catch {
    return true;
  }
}

function countDrafts(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DRAFTS);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      try {
        const counting = database.transaction('drafts').objectStore('drafts').count();
        counting.onerror = () => reject(counting.error);
        counting.onsuccess = () => resolve(counting.result);
      } catch (error) {
        reject(error);
      } finally {
        // It closes once the count is done.
        database.close();
      }
    };
  });
}
