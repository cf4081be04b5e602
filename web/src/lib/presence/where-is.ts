import type { DocumentPresence, Phase } from '@doclight/protocol';

/** A document that a person is in, and what they do there. */
export interface Place {
  readonly documentId: string;
  readonly phase: Phase;
}

/** Where a person is, documents they edit first; empty when in none. */
export function whereIs(userId: string, documents: Iterable<DocumentPresence>): Place[] {
  const editing: Place[] = [];
  const reading: Place[] = [];
  for (const { documentId, editors, readers } of documents) {
    if (editors.some((person) => person.id === userId)) editing.push({ documentId, phase: 'edit' });
    else if (readers.some((person) => person.id === userId)) reading.push({ documentId, phase: 'read' });
  }
  return [...editing, ...reading];
}
