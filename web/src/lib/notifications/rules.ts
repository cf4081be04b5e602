import {
  isQuiet,
  type NotificationType,
  type WatchLevel,
  type WorkspaceRule,
  type WorkspaceRules,
} from '@doclight/protocol';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '../api/query-keys';
import { request } from '../api/request';

/** Rules change by the person alone, and seldom; another device's change may show this much later. */
const FRESH_MS = 5 * 60_000;

const rulesQuery = (workspaceId: string) => ({
  queryKey: queryKeys.notificationRules(workspaceId),
  queryFn: () => request('GET /api/workspaces/:workspaceId/notification-rules', { params: { workspaceId } }),
  staleTime: FRESH_MS,
});

/** What the person wants to hear of a workspace. */
export function useWorkspaceRules(workspaceId: string, enabled = true) {
  return useQuery({ ...rulesQuery(workspaceId), enabled });
}

/** The same, outside of components. */
export function fetchWorkspaceRules(queryClient: QueryClient, workspaceId: string): Promise<WorkspaceRules> {
  return queryClient.fetchQuery(rulesQuery(workspaceId));
}

/** The person's quiet hours, as a query. */
export const settingsQuery = {
  queryKey: queryKeys.notificationSettings,
  queryFn: () => request('GET /api/notifications/settings'),
  staleTime: FRESH_MS,
};

/** Whether the person is not to be disturbed now. */
export async function isQuietNow(queryClient: QueryClient): Promise<boolean> {
  const { quietHours } = await queryClient.fetchQuery(settingsQuery);
  return quietHours !== null && isQuiet(quietHours, new Date());
}

/** What is set for one document; `default` where nothing is. */
export function levelOf(rules: WorkspaceRules, documentId: string): WatchLevel {
  return rules.documents.find(({ id }) => id === documentId)?.level ?? 'default';
}

/** Whether a page may mention something by itself: not what the person has muted or turned off. */
export function mayMention(rules: WorkspaceRules, type: NotificationType, documentId: string): boolean {
  if (!rules.types[type]) return false;
  const level = levelOf(rules, documentId);
  return (level === 'default' ? rules.level : level) !== 'mute';
}

/** Changes what the person wants to hear of a workspace: shown at once, and taken back where the server refuses. */
export function useSetWorkspaceRule(workspaceId: string): (rule: WorkspaceRule) => Promise<void> {
  const queryClient = useQueryClient();
  const queryKey = queryKeys.notificationRules(workspaceId);
  return async (rule) => {
    await queryClient.cancelQueries({ queryKey });
    const before = queryClient.getQueryData<WorkspaceRules>(queryKey);
    queryClient.setQueryData<WorkspaceRules>(queryKey, (rules) => rules && { ...rules, ...rule });
    try {
      const rules = await request('PUT /api/workspaces/:workspaceId/notification-rules', {
        params: { workspaceId },
        body: rule,
      });
      queryClient.setQueryData(queryKey, rules);
    } catch (error) {
      queryClient.setQueryData(queryKey, before);
      throw error;
    }
  };
}

/** Forgets the rule of a document that is gone. */
export function forgetDocument(queryClient: QueryClient, workspaceId: string, documentId: string): void {
  queryClient.setQueryData<WorkspaceRules>(
    queryKeys.notificationRules(workspaceId),
    (rules) => rules && { ...rules, documents: rules.documents.filter(({ id }) => id !== documentId) },
  );
}

/** A document, as far as watching it goes. */
export interface Watchable {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly workspaceId: string;
}

/** Watches or mutes a document, or leaves it to its workspace: shown at once, taken back where it fails. */
export function useSetDocumentLevel(): (document: Watchable, level: WatchLevel) => Promise<void> {
  const queryClient = useQueryClient();
  return async ({ id, slug, title, workspaceId }, level) => {
    const queryKey = queryKeys.notificationRules(workspaceId);
    await queryClient.cancelQueries({ queryKey });
    const before = queryClient.getQueryData<WorkspaceRules>(queryKey);
    queryClient.setQueryData<WorkspaceRules>(
      queryKey,
      (rules) =>
        rules && {
          ...rules,
          documents: [
            ...rules.documents.filter((document) => document.id !== id),
            ...(level === 'default' ? [] : [{ id, slug, title, level }]),
          ],
        },
    );
    try {
      await request('PUT /api/documents/:id/notification-rule', { params: { id }, body: { level } });
    } catch (error) {
      queryClient.setQueryData(queryKey, before);
      throw error;
    }
  };
}
