import type { NotificationType } from '@doclight/protocol';

/** What somebody does to one document again within this time, in milliseconds, is told in the same notice. */
export const FOLD_MS = 10 * 60_000;
/** So many documents changed by one person within `BULK_WINDOW_MS` are told as a number. */
export const BULK_FROM = 4;
/** In milliseconds. */
export const BULK_WINDOW_MS = 60_000;

/**
 * By what further changes are counted in a notice; null: each is told by itself. A notice takes changes for
 * 10 minutes from its first, so that somebody who saves all day is told of six times an hour at most.
 * @param documentId null: many documents at once
 */
export function foldKey(
  type: NotificationType,
  workspaceId: string,
  documentId: string | null,
  actorId: string,
): string | null {
  if (documentId === null) return `many ${type} ${workspaceId} ${actorId}`;
  return type === 'created' || type === 'deleted' ? null : `${type} ${documentId} ${actorId}`;
}
