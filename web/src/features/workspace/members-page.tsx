'use client';

import type { Workspace } from '@doclight/protocol';
import { ArrowLeft, Users } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { messageOf } from '@/lib/api/api-error';
import { useSession } from '@/lib/session/session';
import { usePageTitle } from '@/lib/use-page-title';
import { Invitations } from './invitations';
import { InviteForm } from './invite-form';
import { MemberRow } from './member-row';
import { useMembers } from './use-members';

/** Who is in the workspace; owners change it. */
export function MembersPage(): ReactElement {
  const { workspace } = useSession();
  usePageTitle('Members');
  if (!workspace)
    return (
      <main>
        <EmptyState icon={<Users />} heading="You are in no workspace">
          Ask an owner for an invitation link.
        </EmptyState>
      </main>
    );
  const owner = workspace.role === 'owner';
  return (
    <main className="mx-auto w-full max-w-[760px] px-4 pt-5 pb-16 sm:px-6">
      <Link href="/" className={buttonClass({ tone: 'quiet', size: 'sm' }, '-ml-2.5')}>
        <ArrowLeft aria-hidden="true" />
        Documents
      </Link>
      <h1 className="mt-3 text-xl font-semibold tracking-tight">Members of {workspace.name}</h1>
      <p className="mt-1 mb-6 text-muted">
        Owners run the workspace, editors write, viewers read. Changes take effect at once.
      </p>
      <MemberList workspace={workspace} />
      {owner ? (
        <>
          <h2 className="mt-10 text-base font-semibold">Invite somebody</h2>
          <p className="mt-1 mb-4 text-muted">
            Pass the link on yourself. It is good for seven days and one person.
          </p>
          <InviteForm workspaceId={workspace.id} />
          <Invitations workspaceId={workspace.id} />
        </>
      ) : null}
    </main>
  );
}

function MemberList({ workspace }: { readonly workspace: Workspace }): ReactElement {
  const members = useMembers(workspace.id);
  if (members.isError) return <Notice tone="error">{messageOf(members.error)}</Notice>;
  return (
    <ul
      className="divide-y divide-line rounded-lg border border-line bg-surface"
      aria-busy={members.isPending}
    >
      {members.data
        ? members.data.map((member) => (
            <MemberRow key={member.user.id} member={member} workspace={workspace} />
          ))
        : ['first', 'second', 'third'].map((place) => (
            <li key={place} className="flex h-16 items-center gap-3 px-4">
              <div className="skeleton size-8 rounded-full" />
              <div className="skeleton h-4 w-40" />
            </li>
          ))}
    </ul>
  );
}
