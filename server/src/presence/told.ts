import type { PresenceChange } from './core/presence-types.js';

/** What one gateway told a store, kept so that it can tell it again. */
export class Told {
  private readonly changes = new Map<string, PresenceChange>();
  private emptySince = Date.now();

  /** Notes changes: a later one about the same replaces an earlier one, a removal takes it away. */
  remember(changes: readonly PresenceChange[]): void {
    for (const change of changes) {
      const key = keyOf(change);
      if ((change.kind === 'document' ? change.entry : change.user) === null) this.changes.delete(key);
      else this.changes.set(key, change);
    }
    if (this.changes.size > 0) this.emptySince = Number.POSITIVE_INFINITY;
    else if (this.emptySince === Number.POSITIVE_INFINITY) this.emptySince = Date.now();
  }

  /** What holds by now of what a change is about: it may have waited while others came. */
  latest(change: PresenceChange): PresenceChange {
    const known = this.changes.get(keyOf(change));
    if (known) return known;
    const { userId } = change;
    return change.kind === 'document'
      ? { ...change, entry: null }
      : { kind: change.kind, userId, user: null };
  }

  /** Somebody asks for the workspace: it is not to be forgotten yet. */
  touch(): void {
    if (this.changes.size === 0) this.emptySince = Date.now();
  }

  /** Everything that holds now. */
  all(): PresenceChange[] {
    return [...this.changes.values()];
  }

  /** For how long nothing has held, in milliseconds; negative infinity while something does. */
  get emptyForMs(): number {
    return Date.now() - this.emptySince;
  }
}

/** What a change is about, whatever it says of it. */
function keyOf(change: PresenceChange): string {
  const about = change.kind === 'document' ? `${change.documentId}\n${change.userId}` : change.userId;
  return `${change.kind}\n${about}`;
}
