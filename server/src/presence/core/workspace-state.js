import { documentPresence, mergeEntries, sameEntry } from './merge.js';

/** Most people named beside the count of active ones. */
const MOST_NAMED = 20;
/**
 * Presence in one workspace, over all gateways: entries in, documents as everybody sees them out.
 * Pure: no clock, no IO. Versions are given from outside and must grow.
 */
export class WorkspaceState {
  workspaceId;
  documents = new Map();
  /** By user id: the person, and which gateways have a socket of theirs. */
  connections = new Map();
  reading = 0;
  editing = 0;
  currentVersion = 0;
  constructor(workspaceId) {
    this.workspaceId = workspaceId;
  }
  get version() {
    return this.currentVersion;
  }
  get totals() {
    return { reading: this.reading, editing: this.editing };
  }
  get people() {
    const people = [];
    for (const { user } of this.connections.values()) {
      if (people.push(user) === MOST_NAMED) break;
    }
    return { activeUsers: this.connections.size, people };
  }
  /** Every document with somebody in it. */
  *occupied() {
    for (const { presence } of this.documents.values()) yield presence;
  }
  /** A document as everybody sees it; one with nobody in it is free as of the current version. */
  document(documentId) {
    return (
      this.documents.get(documentId)?.presence ??
      documentPresence(this.workspaceId, documentId, this.currentVersion, [])
    );
  }
  /** What everybody sees of one person in one document; null when they are not in it. */
  entry(documentId, userId) {
    return this.documents.get(documentId)?.people.get(userId) ?? null;
  }
  /**
   * Applies changes of any gateways.
   * @param version the workspace's version after them, larger than the one before
   */
  apply(changes, version) {
    this.currentVersion = version;
    /** What everybody saw of a person before the batch, by document id and user id. */
    const before = new Map();
    let peopleChanged = false;
    for (const change of changes) {
      if (change.kind === 'connection') {
        peopleChanged = this.applyConnection(change.gatewayId, change.userId, change.user) || peopleChanged;
        continue;
      }
      const { documentId, userId } = change;
      const people = before.get(documentId) ?? new Map();
      before.set(documentId, people);
      if (!people.has(userId)) people.set(userId, this.entry(documentId, userId));
      this.applyEntry(change.gatewayId, documentId, userId, change.entry);
    }
    const entered = [];
    const documents = [];
    for (const [documentId, people] of before) {
      let looksDifferent = false;
      for (const [userId, old] of people) {
        const entry = this.entry(documentId, userId);
        if (sameEntry(old, entry)) continue;
        looksDifferent = true;
        if (old === null && entry !== null) entered.push({ documentId, entry });
      }
      if (looksDifferent) documents.push(this.refresh(documentId, version));
      // Came and went within the batch.
      else if (this.documents.get(documentId)?.people.size === 0) this.documents.delete(documentId);
    }
    return {
      workspaceId: this.workspaceId,
      version,
      totals: this.totals,
      documents,
      entered,
      people: peopleChanged ? this.people : null,
    };
  }
  /** Makes the state exactly what `changes` (none of which removes anything) say, and nothing else. */
  replace(changes, version) {
    const stays = new Set(changes.map(changeKey));
    const gone = this.held().filter((change) => !stays.has(changeKey(change)));
    return this.apply([...gone, ...changes], version);
  }
  /** Removals of all that one gateway holds. */
  removals(gatewayId) {
    return this.held().filter((change) => change.gatewayId === gatewayId);
  }
  /** Removals of all that there is. */
  held() {
    const removals = [];
    for (const [documentId, { entries }] of this.documents) {
      for (const [userId, gateways] of entries) {
        for (const gatewayId of gateways.keys()) {
          removals.push({ kind: 'document', gatewayId, documentId, userId, entry: null });
        }
      }
    }
    for (const [userId, { gateways }] of this.connections) {
      for (const gatewayId of gateways) removals.push({ kind: 'connection', gatewayId, userId, user: null });
    }
    return removals;
  }
  applyConnection(gatewayId, userId, user) {
    const known = this.connections.get(userId);
    if (user === null) {
      known?.gateways.delete(gatewayId);
      return known?.gateways.size === 0 && this.connections.delete(userId);
    }
    this.connections.set(userId, { user, gateways: (known?.gateways ?? new Set()).add(gatewayId) });
    return known === undefined;
  }
  applyEntry(gatewayId, documentId, userId, entry) {
    let document = this.documents.get(documentId);
    if (!document) {
      if (entry === null) return;
      const presence = documentPresence(this.workspaceId, documentId, 0, []);
      document = { entries: new Map(), people: new Map(), presence };
      this.documents.set(documentId, document);
    }
    const gateways = document.entries.get(userId) ?? new Map();
    if (entry === null) gateways.delete(gatewayId);
    else gateways.set(gatewayId, entry);
    const merged = mergeEntries(gateways.values());
    if (merged === null) {
      document.entries.delete(userId);
      document.people.delete(userId);
    } else {
      document.entries.set(userId, gateways);
      document.people.set(userId, merged);
    }
  }
  /** Makes a document's new look, and keeps the totals in step with it. */
  refresh(documentId, version) {
    const document = this.documents.get(documentId);
    if (!document) throw new Error('only documents with entries are touched');
    const before = document.presence.status;
    document.presence = documentPresence(this.workspaceId, documentId, version, document.people.values());
    const after = document.presence.status;
    this.reading += Number(after === 'read') - Number(before === 'read');
    this.editing += Number(after === 'edit') - Number(before === 'edit');
    if (document.people.size === 0) this.documents.delete(documentId);
    return document.presence;
  }
}
/** What a change is about, whatever it says of it. */
function changeKey(change) {
  const about = change.kind === 'document' ? change.documentId : '';
  return `${change.kind}\n${change.gatewayId}\n${about}\n${change.userId}`;
}
//# sourceMappingURL=workspace-state.js.map
