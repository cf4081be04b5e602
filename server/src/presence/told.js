/** What one gateway told a store, kept so that it can tell it again. */
export class Told {
  changes = new Map();
  emptySince = Date.now();
  /** Notes changes: a later one about the same replaces an earlier one, a removal takes it away. */
  remember(changes) {
    for (const change of changes) {
      const about = change.kind === 'document' ? `${change.documentId}\n${change.userId}` : change.userId;
      const key = `${change.kind}\n${about}`;
      if ((change.kind === 'document' ? change.entry : change.user) === null) this.changes.delete(key);
      else this.changes.set(key, change);
    }
    if (this.changes.size > 0) this.emptySince = Number.POSITIVE_INFINITY;
    else if (this.emptySince === Number.POSITIVE_INFINITY) this.emptySince = Date.now();
  }
  /** Somebody asks for the workspace: it is not to be forgotten yet. */
  touch() {
    if (this.changes.size === 0) this.emptySince = Date.now();
  }
  /** Everything that holds now. */
  all() {
    return [...this.changes.values()];
  }
  /** For how long nothing has held, in milliseconds; negative infinity while something does. */
  get emptyForMs() {
    return Date.now() - this.emptySince;
  }
}
//# sourceMappingURL=told.js.map
