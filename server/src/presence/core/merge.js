import { MAX_LISTED_PEOPLE } from '@doclight/protocol';

const ATTENTION_RANK = { hidden: 0, idle: 1, active: 2 };
/** The more active of two attentions. */
export function mostActive(a, b) {
  return ATTENTION_RANK[a] >= ATTENTION_RANK[b] ? a : b;
}
/**
 * One person's entries (of several sockets, or of several gateways) as one: the strongest phase
 * and since when, unsaved if any is, the most active attention.
 */
export function mergeEntries(entries) {
  let merged = null;
  for (const entry of entries) {
    if (merged === null) {
      merged = entry;
      continue;
    }
    const stronger =
      merged.phase === entry.phase ? earlier(merged, entry) : merged.phase === 'edit' ? merged : entry;
    merged = {
      ...stronger,
      unsaved: merged.unsaved || entry.unsaved,
      attention: mostActive(merged.attention, entry.attention),
    };
  }
  return merged;
}
/** Whether two entries look the same to everybody. */
export function sameEntry(a, b) {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return (
    a.phase === b.phase &&
    a.since === b.since &&
    a.unsaved === b.unsaved &&
    a.attention === b.attention &&
    a.user.name === b.user.name &&
    a.user.color === b.user.color
  );
}
/**
 * A document as everybody sees it.
 * @param people one entry a person
 */
export function documentPresence(workspaceId, documentId, version, people) {
  const editors = [];
  const readers = [];
  for (const entry of people) (entry.phase === 'edit' ? editors : readers).push(entry);
  const listedEditors = editors.sort(bySince).slice(0, MAX_LISTED_PEOPLE);
  const listedReaders = readers.sort(bySince).slice(0, MAX_LISTED_PEOPLE - listedEditors.length);
  return {
    documentId,
    workspaceId,
    version,
    status: statusOf(editors.length, readers.length),
    readers: listedReaders.map(toPerson),
    editors: listedEditors.map(toPerson),
    readerCount: readers.length,
    editorCount: editors.length,
  };
}
function statusOf(editors, readers) {
  if (editors > 0) return 'edit';
  return readers > 0 ? 'read' : 'free';
}
function toPerson({ user, since, unsaved, attention }) {
  return { ...user, since: new Date(since).toISOString(), unsaved, attention };
}
function earlier(a, b) {
  return a.since <= b.since ? a : b;
}
function bySince(a, b) {
  return a.since - b.since || (a.user.id < b.user.id ? -1 : 1);
}
//# sourceMappingURL=merge.js.map
