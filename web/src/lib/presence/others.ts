import type { DocumentPresence, Person, Phase, PresenceStatus, Totals } from '@doclight/protocol';

/** One document's presence as one person sees it: the others, and oneself apart. */
export interface OthersPresence {
  /** Follows from the others alone: oneself never changes the colour. */
  readonly status: PresenceStatus;
  readonly editors: readonly Person[];
  readonly readers: readonly Person[];
  readonly editorCount: number;
  readonly readerCount: number;
  /** What oneself does there, over all one's tabs; null when not there. */
  readonly mine: Phase | null;
}

/** Nobody there. */
export const NOBODY: OthersPresence = {
  status: 'free',
  editors: [],
  readers: [],
  editorCount: 0,
  readerCount: 0,
  mine: null,
};

/**
 * Takes oneself out of a document's presence. The lists are cut at 20 people but the counts are
 * whole: where oneself is not listed, the phase that this tab has set tells what to subtract.
 * @param ownPhase what this tab does in the document, null when it is not in it
 */
export function othersIn(
  presence: DocumentPresence | undefined,
  userId: string,
  ownPhase: Phase | null,
): OthersPresence {
  if (!presence) return ownPhase ? { ...NOBODY, mine: ownPhase } : NOBODY;
  const editors = presence.editors.filter((person) => person.id !== userId);
  const readers = presence.readers.filter((person) => person.id !== userId);
  const mine = listedPhase(presence, userId) ?? unlistedPhase(presence, ownPhase);
  const editorCount = presence.editorCount - (mine === 'edit' ? 1 : 0);
  const readerCount = presence.readerCount - (mine === 'read' ? 1 : 0);
  return {
    status: editorCount > 0 ? 'edit' : readerCount > 0 ? 'read' : 'free',
    editors,
    readers,
    editorCount,
    readerCount,
    mine: mine ?? ownPhase,
  };
}

/**
 * What the label of a document says to that person: its status without them. The same as `othersIn` comes to, for
 * where only the status counts, in lists of thousands.
 */
export function statusWithout(presence: DocumentPresence, userId: string): PresenceStatus {
  if (presence.status === 'free') return 'free';
  const phase = listedPhase(presence, userId);
  if (presence.editorCount > (phase === 'edit' ? 1 : 0)) return 'edit';
  return presence.readerCount > (phase === 'read' ? 1 : 0) ? 'read' : 'free';
}

function listedPhase(presence: DocumentPresence, userId: string): Phase | null {
  if (presence.editors.some((person) => person.id === userId)) return 'edit';
  if (presence.readers.some((person) => person.id === userId)) return 'read';
  return null;
}

/** Where oneself must be counted without being listed: only in a phase whose list was cut. */
function unlistedPhase(presence: DocumentPresence, ownPhase: Phase | null): Phase | null {
  if (!ownPhase) return null;
  const cut = (phase: Phase): boolean =>
    phase === 'edit'
      ? presence.editorCount > presence.editors.length
      : presence.readerCount > presence.readers.length;
  // Another tab may hold a stronger phase, so an own `read` may be counted among the editors.
  if (cut(ownPhase)) return ownPhase;
  return ownPhase === 'read' && cut('edit') ? 'edit' : null;
}

/** The totals of a workspace without oneself, so that the filters agree with the labels. */
export function totalsWithoutMe(
  totals: Totals,
  documents: Iterable<DocumentPresence>,
  userId: string,
): Totals {
  let { reading, editing } = totals;
  for (const presence of documents) {
    const seen = statusWithout(presence, userId);
    if (seen === presence.status) continue;
    if (presence.status === 'edit') editing -= 1;
    if (presence.status === 'read') reading -= 1;
    if (seen === 'read') reading += 1;
  }
  return { reading: Math.max(0, reading), editing: Math.max(0, editing) };
}
