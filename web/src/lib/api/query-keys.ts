import type { DocumentSort } from '@doclight/protocol';

/** Keys of the query cache, in one place so that events find what they change. */
export const queryKeys = {
  me: ['me'] as const,
  /** Who is signed in, or null: for pages that anybody may see. */
  visitor: ['visitor'] as const,
  setup: ['setup'] as const,
  /** Every list of a workspace, whatever its search and order. */
  documentLists: (workspaceId: string) => ['documents', workspaceId] as const,
  documentList: (workspaceId: string, query: string, sort: DocumentSort) =>
    ['documents', workspaceId, { query, sort }] as const,
  /** Documents opened whole, by slug. */
  openDocuments: ['document'] as const,
  document: (slug: string) => ['document', slug] as const,
  /** The revisions of a document as they are listed, and two of them whole, by slug. */
  revisions: (slug: string) => ['revisions', slug] as const,
  comparison: (slug: string, before: number, after: number) => ['comparison', slug, before, after] as const,
  /** Summaries that no loaded page of a list holds, by id. */
  summaries: ['document-summary'] as const,
  summary: (id: string) => ['document-summary', id] as const,
  members: (workspaceId: string) => ['members', workspaceId] as const,
  invitations: (workspaceId: string) => ['invitations', workspaceId] as const,
  /** Every list of notices, whatever its filter. */
  noticeLists: ['notices'] as const,
  noticeList: (filter: 'all' | 'unread') => ['notices', filter] as const,
  notificationRules: (workspaceId: string) => ['notification-rules', workspaceId] as const,
  documentRule: (documentId: string) => ['notification-rule', documentId] as const,
  notificationSettings: ['notification-settings'] as const,
  pushDevices: ['push-devices'] as const,
  deliveries: (deviceId: string) => ['push-deliveries', deviceId] as const,
  invitation: (token: string) => ['invitation', token] as const,
};
