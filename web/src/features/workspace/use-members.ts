import type { Role } from '@doclight/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from '@/components/toast/toast';
import { messageOf } from '@/lib/api/api-error';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';

const onError = (error: Error): void => void toast.error(messageOf(error));

/** Everyone in the workspace. */
export function useMembers(workspaceId: string) {
  return useQuery({
    queryKey: queryKeys.members(workspaceId),
    queryFn: () => request('GET /api/workspaces/:workspaceId/members', { params: { workspaceId } }),
    select: ({ members }) => members,
    staleTime: 0,
  });
}

/** Changes a role, or takes somebody out (null). */
export function useChangeMember(workspaceId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ userId, role }: { userId: string; role: Role | null }) => {
      const params = { workspaceId, userId };
      if (role === null) await request('DELETE /api/workspaces/:workspaceId/members/:userId', { params });
      else await request('PATCH /api/workspaces/:workspaceId/members/:userId', { params, body: { role } });
    },
    onError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.members(workspaceId) }),
  });
}

/** Invitations that can still be accepted; for owners. */
export function useInvitations(workspaceId: string) {
  return useQuery({
    queryKey: queryKeys.invitations(workspaceId),
    queryFn: () => request('GET /api/workspaces/:workspaceId/invitations', { params: { workspaceId } }),
    select: ({ invitations }) => invitations,
    staleTime: 0,
  });
}

/** Makes an invitation; its link is told only in the answer. */
export function useInvite(workspaceId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ role, email }: { role: Role; email: string }) =>
      request('POST /api/workspaces/:workspaceId/invitations', {
        params: { workspaceId },
        body: email === '' ? { role } : { role, email },
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.invitations(workspaceId) }),
  });
}

export function useWithdraw(workspaceId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (invitationId: string) =>
      request('DELETE /api/workspaces/:workspaceId/invitations/:invitationId', {
        params: { workspaceId, invitationId },
      }),
    onError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.invitations(workspaceId) }),
  });
}
