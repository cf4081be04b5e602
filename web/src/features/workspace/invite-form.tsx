'use client';

import type { Role } from '@doclight/protocol';
import { Check, Copy } from 'lucide-react';
import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, inputClass } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { messageOf } from '@/lib/api/api-error';
import { RoleMenu } from './role-menu';
import { useInvite } from './use-members';

/** Makes an invitation link, and shows it the one time it is told. */
export function InviteForm({ workspaceId }: { readonly workspaceId: string }): ReactElement {
  const invite = useInvite(workspaceId);
  const [role, setRole] = useState<Role>('editor');
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const email = new FormData(event.currentTarget).get('email');
    if (!invite.isPending) invite.mutate({ role, email: typeof email === 'string' ? email.trim() : '' });
  };
  return (
    <>
      <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-2">
        <Field label="Email (optional)" name="email" type="email" className="min-w-48 flex-1" />
        <RoleMenu role={role} of="the invitation" onChoose={setRole} className="h-10" />
        <Button type="submit" tone="primary" className="h-10">
          Create link
        </Button>
      </form>
      {invite.isError ? (
        <Notice tone="error" className="mt-3">
          {messageOf(invite.error)}
        </Notice>
      ) : null}
      {invite.data ? <NewLink key={invite.data.id} url={invite.data.url} /> : null}
    </>
  );
}

function NewLink({ url }: { readonly url: string }): ReactElement {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
    } catch {
      // Not allowed, or not a secure context: the field beside it can be copied from by hand.
      setCopied(false);
    }
  };
  return (
    <div className="mt-3 rounded-lg border border-line bg-surface p-3">
      <p className="mb-2 text-[13px] text-muted">This link is shown only now.</p>
      <div className="flex gap-2">
        <input
          readOnly
          aria-label="Invitation link"
          value={url}
          onFocus={(event) => event.currentTarget.select()}
          className={`${inputClass} min-w-0 flex-1 font-mono text-xs`}
        />
        <Button onClick={() => void copy()} className="h-10">
          {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </div>
  );
}
