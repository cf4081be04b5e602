import type { DocumentPresence, Totals } from './model.js';
import type { DashboardSnapshot, PresenceDiff } from './socket.js';

/**
 * What a dashboard knows of its workspace. Values are never changed in place: every fold gives a
 * new one, so that a view can compare by identity.
 */
export interface PresenceView {
  /** Version up to which every frame has been applied. */
  readonly version: number;
  /** Version of the snapshot this view began with: what it does not list is free as of here. */
  readonly floor: number;
  readonly totals: Totals;
  /** By document id. Documents that became free since the snapshot stay, with their version. */
  readonly documents: ReadonlyMap<string, DocumentPresence>;
  /** Frames that arrived ahead of one still missing: `previous` to `version`. */
  readonly ahead: ReadonlyMap<number, number>;
}

/** The view before the first snapshot: nothing known, every frame is a gap. */
export const emptyPresenceView: PresenceView = {
  version: 0,
  floor: 0,
  totals: { reading: 0, editing: 0 },
  documents: new Map(),
  ahead: new Map(),
};

/** True when a frame is missing between what was applied and what has arrived: join again. */
export function hasGap(view: PresenceView): boolean {
  return view.ahead.size > 0;
}

/**
 * Starts a view from a join answer, or resynchronises one. What `view` holds that is newer than the
 * answer (a frame that overtook it) is kept.
 */
export function foldSnapshot(view: PresenceView, snapshot: DashboardSnapshot): PresenceView {
  const documents = new Map<string, DocumentPresence>();
  for (const document of snapshot.documents) documents.set(document.documentId, document);
  for (const [id, known] of view.documents) {
    const fresh = documents.get(id);
    if (known.version > snapshot.version && (!fresh || known.version > fresh.version))
      documents.set(id, known);
  }
  const ahead = new Map([...view.ahead].filter(([, version]) => version > snapshot.version));
  // A frame that overtook the answer told newer totals, too.
  const overtaken = ahead.size > 0 || view.version > snapshot.version;
  return advance({
    version: snapshot.version,
    floor: snapshot.version,
    totals: overtaken ? view.totals : snapshot.totals,
    documents,
    ahead,
  });
}

/**
 * Applies one frame. Frames may be repeated and may come in any order: a document is replaced only
 * by a newer version of itself, and the order of frames is followed by `previous`.
 */
export function foldDiff(view: PresenceView, diff: PresenceDiff): PresenceView {
  const documents = foldDocuments(view, diff.documents);
  if (diff.version <= view.version) return documents === view.documents ? view : { ...view, documents };
  const newest = Math.max(view.version, ...view.ahead.values());
  const totals = diff.version > newest ? diff.totals : view.totals;
  const ahead = new Map(view.ahead).set(diff.previous, diff.version);
  return advance({ ...view, totals, documents, ahead });
}

/** Applies one document's presence that came outside a frame, as `document:presence` does. */
export function foldDocument(view: PresenceView, document: DocumentPresence): PresenceView {
  const documents = foldDocuments(view, [document]);
  return documents === view.documents ? view : { ...view, documents };
}

/** The documents with somebody in them, in no particular order. */
export function occupiedDocuments(view: PresenceView): DocumentPresence[] {
  return [...view.documents.values()].filter((document) => document.status !== 'free');
}

function foldDocuments(
  view: PresenceView,
  changed: readonly DocumentPresence[],
): ReadonlyMap<string, DocumentPresence> {
  let documents: Map<string, DocumentPresence> | undefined;
  for (const document of changed) {
    const known = (documents ?? view.documents).get(document.documentId);
    if (document.version <= (known?.version ?? view.floor)) continue;
    documents ??= new Map(view.documents);
    documents.set(document.documentId, document);
  }
  return documents ?? view.documents;
}

/** Follows the chain of `previous` as far as it goes, and drops links that lie behind. */
function advance(view: PresenceView): PresenceView {
  let version = view.version;
  const ahead = new Map(view.ahead);
  for (;;) {
    const next = ahead.get(version);
    if (next === undefined) break;
    ahead.delete(version);
    version = next;
  }
  for (const [previous, next] of ahead) if (next <= version) ahead.delete(previous);
  return { ...view, version, ahead };
}
