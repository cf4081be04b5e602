'use client';

import { MIN_PASSWORD_LENGTH } from '@doclight/protocol';
import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { type ReactElement, useEffect } from 'react';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { AuthCard } from './auth-card';
import { useEnterApp } from './enter-app';
import { SubmitButton } from './submit-button';
import { useSubmit } from './use-submit';

/** Makes the first workspace and its owner, with the token that the start printed. */
export function SetupForm(): ReactElement {
  const router = useRouter();
  const enterApp = useEnterApp();
  const token = useSearchParams().get('token') ?? '';
  const setup = useQuery({ queryKey: queryKeys.setup, queryFn: () => request('GET /api/setup') });
  useEffect(() => {
    if (setup.data?.needed === false) router.replace('/login');
  }, [setup.data?.needed, router]);
  const { busy, error, onSubmit } = useSubmit(async (fields) => {
    await request('POST /api/setup', {
      body: {
        token: (fields.token ?? '').trim(),
        email: (fields.email ?? '').trim(),
        name: (fields.name ?? '').trim(),
        password: fields.password ?? '',
        workspaceName: (fields.workspaceName ?? '').trim(),
      },
    });
    enterApp('/');
  });
  return (
    <AuthCard heading="Set up Doclight" intro="Create the first workspace and your account as its owner.">
      <form method="post" onSubmit={onSubmit} className="flex flex-col gap-4">
        <Field
          label="Setup token"
          name="token"
          defaultValue={token}
          required
          autoComplete="off"
          hint="Printed in the terminal where Doclight was started."
        />
        <Field label="Workspace" name="workspaceName" required maxLength={80} placeholder="Planet Express" />
        <Field label="Name" name="name" required maxLength={80} autoComplete="name" />
        <Field label="Email" name="email" type="email" required autoComplete="username" />
        <Field
          label="Password"
          name="password"
          type="password"
          required
          minLength={MIN_PASSWORD_LENGTH}
          autoComplete="new-password"
          hint={`At least ${MIN_PASSWORD_LENGTH} characters.`}
        />
        {error ? <Notice tone="error">{error}</Notice> : null}
        <SubmitButton busy={busy}>Create workspace</SubmitButton>
      </form>
    </AuthCard>
  );
}
