import type { Document, DocumentUpdateBody } from '@doclight/protocol';

/** Something typed and not saved, kept in the browser. */
export interface DraftRecord {
  /** Random: two tabs with one document keep two drafts. */
  readonly id: string;
  /** Whose it is; nobody else is shown it. */
  readonly userId: string;
  readonly workspaceId: string;
  /** The revision it started from; null for a document that does not exist yet. */
  readonly base: Document | null;
  readonly words: DocumentUpdateBody;
  /** When it was written down last, ISO 8601, by this computer's clock. */
  readonly typedAt: string;
  /** A save was asked for that could not go out: it goes out by itself as soon as it can. */
  readonly wanted: boolean;
  /** When a new document was sent without an answer, ISO 8601: it may exist already. */
  readonly sentAt: string | null;
}

/** The id of the document it is about; null for a new one. */
export function documentIdOf(record: DraftRecord): string | null {
  return record.base?.id ?? null;
}
