import type { Attention, DocumentPresence, Phase, Totals } from '@doclight/protocol';

/** What a person does in a document, as everybody is to see it. */
export interface Doing {
  readonly phase: Phase;
  readonly unsaved: boolean;
  readonly attention: Attention;
}

/** Who is where, made from the sockets that are alive and from nothing else. */
export interface Truth {
  /** By document id and user id. */
  readonly documents: ReadonlyMap<string, ReadonlyMap<string, Doing>>;
  /** User ids. */
  readonly connected: ReadonlySet<string>;
}

/** What a dashboard shows. */
export interface Shown {
  /** Those with somebody in them. */
  readonly documents: readonly DocumentPresence[];
  readonly totals: Totals;
  /** Null: not told yet. */
  readonly activeUsers: number | null;
  /** User ids of those who are named beside the count. */
  readonly people: readonly string[];
}

/** A tab, as far as it matters who is where. */
export interface TabState {
  readonly userId: string;
  /** In a document, told over a socket that is alive; null: in none. */
  readonly where: (Doing & { readonly documentId: string }) | null;
}

const ATTENTION: Readonly<Record<Attention, number>> = { hidden: 0, idle: 1, active: 2 };
/** Most people that a document, and the counter, name. */
const MOST_NAMED = 20;

/** Folds all tabs with a living socket: a person counts once, with their strongest phase. */
export function truthOf(tabs: Iterable<TabState>): Truth {
  const documents = new Map<string, Map<string, Doing>>();
  const connected = new Set<string>();
  for (const { userId, where } of tabs) {
    connected.add(userId);
    if (!where) continue;
    const people = documents.get(where.documentId) ?? new Map<string, Doing>();
    documents.set(where.documentId, people);
    const known = people.get(userId);
    people.set(userId, known ? merge(known, where) : where);
  }
  return { documents, connected };
}

function merge(a: Doing, b: Doing): Doing {
  return {
    phase: a.phase === 'edit' || b.phase === 'edit' ? 'edit' : 'read',
    unsaved: a.unsaved || b.unsaved,
    attention: ATTENTION[a.attention] >= ATTENTION[b.attention] ? a.attention : b.attention,
  };
}

/** What one document shows of one person. */
export function doingIn(document: DocumentPresence): Map<string, Doing> {
  const people = new Map<string, Doing>();
  for (const phase of ['edit', 'read'] as const) {
    for (const { id, unsaved, attention } of phase === 'edit' ? document.editors : document.readers) {
      people.set(id, { phase, unsaved, attention });
    }
  }
  return people;
}

/** Whether a document lists everybody who is counted in it. */
export function isWhole({ editors, readers, editorCount, readerCount }: DocumentPresence): boolean {
  return editors.length + readers.length === editorCount + readerCount;
}

export function sameDoing(a: Doing, b: Doing): boolean {
  return a.phase === b.phase && a.unsaved === b.unsaved && a.attention === b.attention;
}

/** Whether a person does more by the one account than by the other: edits, has unsaved changes, is active. */
export function isMore(a: Doing, b: Doing): boolean {
  if (a.phase !== b.phase) return a.phase === 'edit';
  if (a.unsaved !== b.unsaved) return a.unsaved;
  return ATTENTION[a.attention] > ATTENTION[b.attention];
}

/**
 * Everything in which what is shown differs from what is, in words; nothing where they are equal.
 * @param documentIds the documents that the dashboard shows; all where left out
 */
export function differences(truth: Truth, shown: Shown, documentIds?: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const byId = new Map(shown.documents.map((document) => [document.documentId, document]));
  for (const [documentId, people] of truth.documents) {
    if (documentIds && !documentIds.has(documentId)) continue;
    const document = byId.get(documentId);
    byId.delete(documentId);
    if (document) found.push(...documentDifferences(people, document));
    else found.push(`${documentId}: shown free, with ${people.size} in it`);
  }
  for (const [documentId, { editorCount, readerCount }] of byId) {
    found.push(`${documentId}: shown with ${editorCount} editors and ${readerCount} readers, is free`);
  }
  const totals = totalsOf(truth);
  for (const name of ['reading', 'editing'] as const) {
    if (shown.totals[name] !== totals[name]) {
      found.push(`total ${name}: shown ${shown.totals[name]}, is ${totals[name]}`);
    }
  }
  if (shown.activeUsers !== truth.connected.size) {
    found.push(`active users: shown ${shown.activeUsers}, are ${truth.connected.size}`);
  }
  const named = new Set(shown.people.filter((id) => truth.connected.has(id)));
  if (named.size !== shown.people.length || named.size !== Math.min(truth.connected.size, MOST_NAMED)) {
    found.push(`named as active: ${shown.people.length}, of whom ${named.size} are`);
  }
  return found;
}

function documentDifferences(people: ReadonlyMap<string, Doing>, document: DocumentPresence): string[] {
  const found: string[] = [];
  const { documentId, editorCount, readerCount, status } = document;
  const editing = [...people.values()].filter(({ phase }) => phase === 'edit').length;
  const reading = people.size - editing;
  if (editorCount !== editing || readerCount !== reading) {
    found.push(
      `${documentId}: shown ${editorCount} editors and ${readerCount} readers, are ${editing} and ${reading}`,
    );
  }
  if (status !== (editing > 0 ? 'edit' : 'read')) found.push(`${documentId}: shown as ${status}`);
  const shown = doingIn(document);
  for (const [userId, doing] of shown) {
    const is = people.get(userId);
    if (!is) found.push(`${documentId}: shows ${userId}, who is not there`);
    else if (!sameDoing(is, doing)) {
      found.push(`${documentId}: shows ${userId} as ${words(doing)}, is ${words(is)}`);
    }
  }
  if (shown.size !== Math.min(people.size, MOST_NAMED)) {
    found.push(`${documentId}: names ${shown.size} of ${people.size}`);
  }
  return found;
}

function totalsOf({ documents }: Truth): Totals {
  let reading = 0;
  let editing = 0;
  for (const people of documents.values()) {
    if ([...people.values()].some(({ phase }) => phase === 'edit')) editing += 1;
    else reading += 1;
  }
  return { reading, editing };
}

function words({ phase, unsaved, attention }: Doing): string {
  return [phase, attention, ...(unsaved ? ['unsaved'] : [])].join(' ');
}
