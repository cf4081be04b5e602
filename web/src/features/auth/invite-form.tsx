'use client';

import { type InvitationPreview, type Me, MIN_PASSWORD_LENGTH } from '@doclight/protocol';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type ReactElement, useState } from 'react';
import { Button } from '@/components/ui/button';
import { buttonClass } from '@/components/ui/button-class';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { hasCode, messageOf } from '@/lib/api/api-error';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { loginPath } from '@/lib/navigation/safe-path';
import { AuthCard } from './auth-card';
import { useEnterApp } from './enter-app';
import { SubmitButton } from './submit-button';
import { useSubmit } from './use-submit';

const ROLES = { owner: 'an owner', editor: 'an editor', viewer: 'a viewer' } as const;

/** Accepts an invitation, with a new account or as whoever is signed in. */
export function InviteForm({ token }: { readonly token: string }): ReactElement {
  const preview = useQuery({
    queryKey: queryKeys.invitation(token),
    queryFn: () => request('GET /api/invitations/:token', { params: { token } }),
  });
  const me = useQuery({ queryKey: queryKeys.visitor, queryFn: fetchMeOrNull, gcTime: 0 });
  if (preview.isError) {
    return (
      <AuthCard heading="This invitation does not work">
        <Notice tone="error">{messageOf(preview.error)}</Notice>
        <Link href="/login" className={buttonClass({ tone: 'plain' }, 'mt-4 w-full')}>
          Go to sign in
        </Link>
      </AuthCard>
    );
  }
  if (!preview.data || me.isPending) {
    return (
      <AuthCard heading="Invitation">
        <div className="skeleton h-40" />
      </AuthCard>
    );
  }
  return <Invitation token={token} preview={preview.data} me={me.data ?? null} />;
}

async function fetchMeOrNull(): Promise<Me | null> {
  try {
    return await request('GET /api/auth/me');
  } catch (error) {
    if (hasCode(error, 'UNAUTHENTICATED')) return null;
    throw error;
  }
}

interface InvitationProps {
  readonly token: string;
  readonly preview: InvitationPreview;
  readonly me: Me | null;
}

function Invitation({ token, preview, me }: InvitationProps): ReactElement {
  const enterApp = useEnterApp();
  const [newAccount, setNewAccount] = useState(me === null);
  const { busy, error, onSubmit } = useSubmit(async ({ email = '', name = '', password = '' }) => {
    const body = newAccount ? { email: email.trim(), name: name.trim(), password } : {};
    await request('POST /api/invitations/:token/accept', { params: { token }, body });
    enterApp('/');
  });
  return (
    <AuthCard
      heading={`Join ${preview.workspaceName}`}
      intro={`${preview.invitedBy} invites you as ${ROLES[preview.role]}.`}
    >
      <form method="post" onSubmit={onSubmit} className="flex flex-col gap-4">
        {newAccount ? (
          <>
            <Field label="Name" name="name" required maxLength={80} autoComplete="name" />
            <Field
              label="Email"
              name="email"
              type="email"
              required
              defaultValue={preview.email ?? ''}
              autoComplete="username"
            />
            <Field
              label="Password"
              name="password"
              type="password"
              required
              minLength={MIN_PASSWORD_LENGTH}
              autoComplete="new-password"
              hint={`At least ${MIN_PASSWORD_LENGTH} characters.`}
            />
          </>
        ) : null}
        {error ? <Notice tone="error">{error}</Notice> : null}
        <SubmitButton busy={busy}>
          {newAccount || !me ? 'Create account and join' : `Join as ${me.user.name}`}
        </SubmitButton>
        <OtherWay me={me} newAccount={newAccount} token={token} onToggle={() => setNewAccount(!newAccount)} />
      </form>
    </AuthCard>
  );
}

interface OtherWayProps {
  readonly me: Me | null;
  readonly newAccount: boolean;
  readonly token: string;
  readonly onToggle: () => void;
}

function OtherWay({ me, newAccount, token, onToggle }: OtherWayProps): ReactElement {
  if (me) {
    return (
      <Button tone="quiet" onClick={onToggle}>
        {newAccount ? `Join as ${me.user.name} instead` : 'Use a new account instead'}
      </Button>
    );
  }
  return (
    <Link href={loginPath(`/invite/${token}`)} className={buttonClass({ tone: 'quiet' })}>
      I have an account already
    </Link>
  );
}
