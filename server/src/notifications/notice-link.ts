import type { NotificationType } from '@doclight/protocol';

/**
 * What a notice replaces and where it leads.
 * @param slug of the document as it is; null: it is gone
 */
export function noticeLink({
  type,
  workspaceId,
  documentId,
  slug,
}: {
  readonly type: NotificationType;
  readonly workspaceId: string;
  readonly documentId: string | null;
  readonly slug: string | null;
}): { tag: string; url: string } {
  const tag = documentId === null ? `workspace:${workspaceId}:${type}` : `document:${documentId}`;
  if (slug === null) return { tag, url: '/' };
  return { tag, url: type === 'edit-requested' ? `/documents/${slug}/edit` : `/documents/${slug}` };
}
