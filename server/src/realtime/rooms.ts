/** Names of Socket.IO rooms. Only the code in `realtime/` knows them. */
export const rooms = {
  /** Everyone connected who belongs to the workspace. */
  workspace: (workspaceId: string) => `workspace:${workspaceId}`,
  /** The workspace's dashboards that show all of it, and have the last frame. */
  dashboard: (workspaceId: string) => `dashboard:${workspaceId}`,
  /** Everyone in the document. */
  document: (documentId: string) => `document:${documentId}`,
  /** Every socket of a person. */
  user: (userId: string) => `user:${userId}`,
} as const;
