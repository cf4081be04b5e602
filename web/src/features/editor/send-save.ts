import type { Document, DocumentUpdateBody } from '@doclight/protocol';
import { ApiError, hasCode, messageOf } from '@/lib/api/api-error';
import { request } from '@/lib/api/request';

/** What came of one attempt to save. */
export type SaveOutcome =
  | { readonly kind: 'saved'; readonly document: Document }
  /** Somebody else saved in between; `fenced`: or has the lease by now. */
  | { readonly kind: 'refused'; readonly current: Document; readonly fenced: boolean }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'signed-out' }
  /** No answer, or none of the server's own: it may or may not have been stored. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'failed'; readonly message: string };

/** A save of a document, or of a new one. */
export interface SaveRequest {
  /** Null for a new document. */
  readonly base: Document | null;
  readonly words: DocumentUpdateBody;
  /** Where a new document is made. */
  readonly workspaceId: string;
  readonly userId: string;
  /** When it was sent before without an answer, ISO 8601: a new document may exist already. */
  readonly sentAt: string | null;
  /** The token of the lease under which one edits. */
  readonly lease?: number | undefined;
}

/** Clocks of browser and server may differ by this much, in milliseconds. */
const CLOCK_SKEW_MS = 2 * 60_000;
/** A proxy answers these while the server behind it is away. */
const AWAY: readonly number[] = [0, 502, 503, 504];

/** Tries to save once. Never throws. */
export async function sendSave(save: SaveRequest): Promise<SaveOutcome> {
  const { base, words, workspaceId } = save;
  try {
    if (base) {
      const options = { params: { id: base.id }, revision: base.revision, lease: save.lease, body: words };
      return { kind: 'saved', document: await request('PUT /api/documents/:id', options) };
    }
    const known = save.sentAt === null ? null : await findSent(save, save.sentAt);
    const document =
      known ??
      (await request('POST /api/workspaces/:workspaceId/documents', {
        params: { workspaceId },
        body: words,
      }));
    return { kind: 'saved', document };
  } catch (error) {
    if (hasCode(error, 'REVISION_CONFLICT') && error.problem.current)
      return { kind: 'refused', current: error.problem.current, fenced: error.problem.fenced ?? false };
    if (base && hasCode(error, 'NOT_FOUND')) return { kind: 'deleted' };
    if (hasCode(error, 'UNAUTHENTICATED')) return { kind: 'signed-out' };
    if (error instanceof ApiError && AWAY.includes(error.status)) return { kind: 'unreachable' };
    return { kind: 'failed', message: messageOf(error) };
  }
}

/** The document that an earlier attempt made, whose answer got lost: sent again it would be there twice. */
async function findSent(
  { words, workspaceId, userId }: SaveRequest,
  sentAt: string,
): Promise<Document | null> {
  const since = Date.parse(sentAt) - CLOCK_SKEW_MS;
  const { documents } = await request('GET /api/workspaces/:workspaceId/documents', {
    params: { workspaceId },
    query: { sort: 'changed', limit: 50 },
  });
  for (const { id, author, title, createdAt } of documents) {
    if (author.id !== userId || title !== words.title || Date.parse(createdAt) < since) continue;
    const document = await request('GET /api/documents/:id', { params: { id } });
    if (document.text === words.text && document.abstract === words.abstract) return document;
  }
  return null;
}
