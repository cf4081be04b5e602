import type { Session } from '../common/session.js';

interface Entry {
  /** Null: `session` is there. */
  loading: Promise<Session | null> | null;
  session: Session | null;
  loadedAt: number;
  /** Set when something changed while it was being loaded or used: never answer with it again. */
  stale: boolean;
}

/** Sessions are read again after this long even if nobody said that they changed, in milliseconds. */
const MAX_AGE_MS = 60_000;
const MAX_ENTRIES = 50_000;

/**
 * Keeps sessions in memory, so that a storm of reconnects asks the database once for each. It must
 * be told of every change (`forget*`): revocation is instant, also for a look-up under way.
 */
export class SessionCache {
  private readonly entries = new Map<string, Entry>();
  private paused = true;

  constructor(private readonly load: (id: string) => Promise<Session | null>) {}

  /** While changes cannot be heard of, every look-up goes to the database. */
  pause(): void {
    this.paused = true;
    this.forgetAll();
  }

  resume(): void {
    this.forgetAll();
    this.paused = false;
  }

  /** The session as it is now, or null when there is none. */
  async get(id: string): Promise<Session | null> {
    for (;;) {
      const known = this.entries.get(id);
      // One that has expired may have been extended by another gateway.
      const usable = known && Date.now() - known.loadedAt <= MAX_AGE_MS && !isExpired(known.session);
      if (usable) {
        const session = known.loading ? await known.loading : known.session;
        if (known.stale) continue;
        return this.unlessExpired(session);
      }
      const loading = this.load(id);
      const entry: Entry = { loading, session: null, loadedAt: Date.now(), stale: false };
      this.remember(id, entry);
      try {
        entry.session = await loading;
        entry.loading = null;
      } catch (error) {
        this.drop(id, entry);
        throw error;
      }
      if (entry.session === null || this.paused) this.drop(id, entry);
      if (entry.stale) continue;
      return this.unlessExpired(entry.session);
    }
  }

  /** Whether this very snapshot is still the latest known. */
  isCurrent(session: Session): boolean {
    return this.entries.get(session.id)?.session === session;
  }

  forget(id: string): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    entry.stale = true;
    this.entries.delete(id);
  }

  forgetUser(userId: string): void {
    for (const [id, entry] of this.entries) {
      // One that is still being loaded may be this person's.
      if (entry.session === null || entry.session.user.id === userId) this.forget(id);
    }
  }

  forgetAll(): void {
    for (const id of [...this.entries.keys()]) this.forget(id);
  }

  private unlessExpired(session: Session | null): Session | null {
    return isExpired(session) ? null : session;
  }

  private remember(id: string, entry: Entry): void {
    this.entries.set(id, entry);
    if (this.entries.size <= MAX_ENTRIES) return;
    const oldest = this.entries.keys().next().value;
    if (oldest !== undefined) this.entries.delete(oldest);
  }

  private drop(id: string, entry: Entry): void {
    if (this.entries.get(id) === entry) this.entries.delete(id);
  }
}

function isExpired(session: Session | null): boolean {
  return session !== null && session.expiresAt.getTime() <= Date.now();
}
