import type { DocumentPresence, Phase } from '@doclight/protocol';

/** What a writer of the bare servers sends. */
export interface BareChange {
  readonly documentId: string;
  readonly workspaceId: string;
  readonly userId: string;
  readonly name: string;
  readonly phase: Phase;
}

/** The very bytes that Doclight sends of a document with one person in it, so that wires are compared and not words. */
export function statusOf(
  { documentId, workspaceId, userId, name, phase }: BareChange,
  version: number,
): DocumentPresence {
  const person = {
    id: userId,
    name,
    color: '#7c3aed',
    since: new Date().toISOString(),
    unsaved: false,
    attention: 'active' as const,
  };
  const edits = phase === 'edit';
  return {
    documentId,
    workspaceId,
    version,
    status: phase,
    readers: edits ? [] : [person],
    editors: edits ? [person] : [],
    readerCount: edits ? 0 : 1,
    editorCount: edits ? 1 : 0,
  };
}
