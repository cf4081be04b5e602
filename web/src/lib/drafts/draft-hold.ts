/** Gives a draft back, for others to take. */
export type Release = () => void;

const PREFIX = 'doclight:draft:';
/** How long other tabs have to say that they hold a draft, where the browser has no locks. */
const ANSWER_MS = 250;

/**
 * Takes a draft for this page. The hold ends with the page, however that ends: what a crashed tab held is free at
 * once, and what a living tab is typing is never offered to another.
 * @returns null where another page, or another place of this one, holds it
 */
export async function holdDraft(id: string): Promise<Release | null> {
  if (!navigator.locks) return holdByAsking(id);
  return new Promise((resolve) => {
    navigator.locks
      .request(PREFIX + id, { ifAvailable: true }, (lock) => {
        if (!lock) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve(release));
      })
      .catch(() => resolve(null));
  });
}

/** Which of `ids` some page holds. */
export async function heldDrafts(ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  if (!navigator.locks) return askWhichAreHeld(ids);
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
}

// Locks exist in secure contexts only. On plain HTTP the tabs ask each other.
type Message = { readonly ask: readonly string[] } | { readonly held: readonly string[] };

const mine = new Set<string>();
let channel: BroadcastChannel | undefined;

function talk(): BroadcastChannel {
  if (channel) return channel;
  const opened = new BroadcastChannel('doclight:drafts');
  opened.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (!('ask' in data)) return;
    const held = data.ask.filter((id) => mine.has(id));
    if (held.length > 0) opened.postMessage({ held } satisfies Message);
  });
  channel = opened;
  return opened;
}

async function holdByAsking(id: string): Promise<Release | null> {
  if ((await askWhichAreHeld([id])).has(id)) return null;
  mine.add(id);
  return () => mine.delete(id);
}

function askWhichAreHeld(ids: readonly string[]): Promise<ReadonlySet<string>> {
  const held = new Set(ids.filter((id) => mine.has(id)));
  const opened = talk();
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<Message>): void => {
      if ('held' in data) for (const id of data.held) held.add(id);
    };
    opened.addEventListener('message', listen);
    opened.postMessage({ ask: ids } satisfies Message);
    setTimeout(() => {
      opened.removeEventListener('message', listen);
      resolve(held);
    }, ANSWER_MS);
  });
}
