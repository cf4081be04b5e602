import type { DocumentPresence, Totals, User } from '@doclight/protocol';
import { AT_THE_PAGE, documentPresence, mergeEntries, mergeReach, sameEntry } from './merge.js';
import type { ActivePeople, Entry, GatewayChange, Reach, WorkspaceDelta } from './presence-types.js';

/** Most people named beside the count of active ones. */
const MOST_NAMED = 20;

/** One document: every gateway's entries, what they merge to, and how that looks. */
interface DocumentState {
  /** By user id, then by gateway id. */
  readonly entries: Map<string, Map<string, Entry>>;
  /** One merged entry a person, by user id. */
  readonly people: Map<string, Entry>;
  presence: DocumentPresence;
}

/**
 * Presence in one workspace, over all gateways: entries in, documents as everybody sees them out.
 * Pure: no clock, no IO. Versions are given from outside and must grow.
 */
export class WorkspaceState {
  private readonly documents = new Map<string, DocumentState>();
  /** By user id: the person, and how they can be reached on each gateway that has a socket of theirs. */
  private readonly connections = new Map<string, { user: User; gateways: Map<string, Reach> }>();
  private reading = 0;
  private editing = 0;
  private currentVersion = 0;

  constructor(readonly workspaceId: string) {}

  get version(): number {
    return this.currentVersion;
  }

  get totals(): Totals {
    return { reading: this.reading, editing: this.editing };
  }

  get people(): ActivePeople {
    const people: User[] = [];
    for (const { user } of this.connections.values()) {
      if (people.push(user) === MOST_NAMED) break;
    }
    return { activeUsers: this.connections.size, people };
  }

  /** Every document with somebody in it. */
  *occupied(): Iterable<DocumentPresence> {
    for (const { presence } of this.documents.values()) yield presence;
  }

  /** A document as everybody sees it; one with nobody in it is free as of the current version. */
  document(documentId: string): DocumentPresence {
    return (
      this.documents.get(documentId)?.presence ??
      documentPresence(this.workspaceId, documentId, this.currentVersion, [])
    );
  }

  /** What everybody sees of one person in one document; null when they are not in it. */
  entry(documentId: string, userId: string): Entry | null {
    return this.documents.get(documentId)?.people.get(userId) ?? null;
  }

  /** How a person can be reached; null when they are not connected. */
  reach(userId: string): Reach | null {
    return mergeReach(this.connections.get(userId)?.gateways.values() ?? []);
  }

  /**
   * Applies changes of any gateways.
   * @param version the workspace's version after them, larger than the one before
   */
  apply(changes: readonly GatewayChange[], version: number): WorkspaceDelta {
    this.currentVersion = version;
    /** What everybody saw of a person before the batch, by document id and user id. */
    const before = new Map<string, Map<string, Entry | null>>();
    let peopleChanged = false;
    for (const change of changes) {
      if (change.kind === 'connection') {
        peopleChanged = this.applyConnection(change) || peopleChanged;
        continue;
      }
      const { documentId, userId } = change;
      const people = before.get(documentId) ?? new Map<string, Entry | null>();
      before.set(documentId, people);
      if (!people.has(userId)) people.set(userId, this.entry(documentId, userId));
      this.applyEntry(change.gatewayId, documentId, userId, change.entry);
    }
    const entered: { documentId: string; entry: Entry }[] = [];
    const documents: DocumentPresence[] = [];
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
  replace(changes: readonly GatewayChange[], version: number): WorkspaceDelta {
    const stays = new Set(changes.map(changeKey));
    const gone = this.held().filter((change) => !stays.has(changeKey(change)));
    return this.apply([...gone, ...changes], version);
  }

  /** Removals of all that one gateway holds. */
  removals(gatewayId: string): GatewayChange[] {
    return this.held().filter((change) => change.gatewayId === gatewayId);
  }

  /** Removals of all that there is. */
  private held(): GatewayChange[] {
    const removals: GatewayChange[] = [];
    for (const [documentId, { entries }] of this.documents) {
      for (const [userId, gateways] of entries) {
        for (const gatewayId of gateways.keys()) {
          removals.push({ kind: 'document', gatewayId, documentId, userId, entry: null });
        }
      }
    }
    for (const [userId, { gateways }] of this.connections) {
      for (const gatewayId of gateways.keys())
        removals.push({ kind: 'connection', gatewayId, userId, user: null });
    }
    return removals;
  }

  private applyConnection(change: Extract<GatewayChange, { kind: 'connection' }>): boolean {
    const { gatewayId, userId, user, reach = AT_THE_PAGE } = change;
    const known = this.connections.get(userId);
    if (user === null) {
      known?.gateways.delete(gatewayId);
      return known?.gateways.size === 0 && this.connections.delete(userId);
    }
    const gateways = known?.gateways ?? new Map<string, Reach>();
    this.connections.set(userId, { user, gateways: gateways.set(gatewayId, reach) });
    return known === undefined;
  }

  private applyEntry(gatewayId: string, documentId: string, userId: string, entry: Entry | null): void {
    let document = this.documents.get(documentId);
    if (!document) {
      if (entry === null) return;
      const presence = documentPresence(this.workspaceId, documentId, 0, []);
      document = { entries: new Map(), people: new Map(), presence };
      this.documents.set(documentId, document);
    }
    const gateways = document.entries.get(userId) ?? new Map<string, Entry>();
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
  private refresh(documentId: string, version: number): DocumentPresence {
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
function changeKey(change: GatewayChange): string {
  const about = change.kind === 'document' ? change.documentId : '';
  return `${change.kind}\n${change.gatewayId}\n${about}\n${change.userId}`;
}
