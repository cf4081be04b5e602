'use client';

import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { iconButtonClass } from '@/components/ui/button-class';
import { exactTime } from '@/lib/time/relative-time';
import { roleName } from './role-menu';
import { useInvitations, useWithdraw } from './use-members';

/** Invitations that nobody has accepted yet. */
export function Invitations({ workspaceId }: { readonly workspaceId: string }): ReactElement | null {
  const invitations = useInvitations(workspaceId);
  const withdraw = useWithdraw(workspaceId);
  if (!invitations.data || invitations.data.length === 0) return null;
  return (
    <>
      <h3 className="mt-6 mb-2 text-[13px] font-semibold">Not accepted yet</h3>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {invitations.data.map((invitation) => {
          const whom = invitation.email ?? 'whoever has the link';
          return (
            <li key={invitation.id} className="flex min-h-14 items-center gap-3 px-4 py-2">
              <div className="min-w-0 flex-1">
                <div className="truncate">
                  {roleName(invitation.role)} · {whom}
                </div>
                <div className="truncate text-xs text-muted">
                  by {invitation.createdBy.name}, until {exactTime(invitation.expiresAt)}
                </div>
              </div>
              <button
                type="button"
                aria-label={`Withdraw the invitation for ${whom}`}
                className={iconButtonClass}
                onClick={() => withdraw.mutate(invitation.id)}
              >
                <X aria-hidden="true" />
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
