'use client';

import type { Member, Workspace } from '@doclight/protocol';
import { UserMinus } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { iconButtonClass } from '@/components/ui/button-class';
import { Confirm } from '@/components/ui/dialog';
import { useSession } from '@/lib/session/session';
import { RoleMenu, roleName } from './role-menu';
import { useChangeMember } from './use-members';

interface MemberRowProps {
  readonly member: Member;
  readonly workspace: Workspace;
}

/** One member, with what one may change about them. */
export function MemberRow({ member, workspace }: MemberRowProps): ReactElement {
  const { user } = useSession();
  const change = useChangeMember(workspace.id);
  const [asking, setAsking] = useState(false);
  const me = member.user.id === user.id;
  const owner = workspace.role === 'owner';
  return (
    <li className="flex min-h-16 items-center gap-3 px-4 py-2.5">
      <Avatar user={member.user} size={32} />
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">
          {member.user.name}
          {me ? <span className="font-normal text-muted"> (you)</span> : null}
        </div>
        <div className="truncate text-[13px] text-muted">{member.email}</div>
      </div>
      {owner ? (
        <RoleMenu
          role={member.role}
          of={member.user.name}
          onChoose={(role) => change.mutate({ userId: member.user.id, role })}
        />
      ) : (
        <span className="text-[13px] text-muted">{roleName(member.role)}</span>
      )}
      {owner || me ? (
        <button
          type="button"
          aria-label={me ? 'Leave the workspace' : `Remove ${member.user.name}`}
          className={iconButtonClass}
          onClick={() => setAsking(true)}
        >
          <UserMinus aria-hidden="true" />
        </button>
      ) : null}
      <Confirm
        open={asking}
        heading={me ? `Leave ${workspace.name}?` : `Remove ${member.user.name}?`}
        action={me ? 'Leave' : 'Remove'}
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          change.mutate({ userId: member.user.id, role: null });
        }}
      >
        {me
          ? 'You lose access to its documents at once.'
          : 'They lose access to the documents at once, in every tab they have open.'}
      </Confirm>
    </li>
  );
}
