'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { type ReactElement, useEffect } from 'react';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { safePath } from '@/lib/navigation/safe-path';
import { AuthCard } from './auth-card';
import { useEnterApp } from './enter-app';
import { SubmitButton } from './submit-button';
import { useSubmit } from './use-submit';

/** Signs in, then goes to where one wanted to go. An install without accounts leads to its setup. */
export function LoginForm(): ReactElement {
  const router = useRouter();
  const enterApp = useEnterApp();
  const next = safePath(useSearchParams().get('next'));
  const setup = useQuery({ queryKey: queryKeys.setup, queryFn: () => request('GET /api/setup') });
  useEffect(() => {
    if (setup.data?.needed) router.replace('/setup');
  }, [setup.data?.needed, router]);
  const { busy, error, onSubmit } = useSubmit(async ({ email = '', password = '' }) => {
    await request('POST /api/auth/login', { body: { email: email.trim(), password } });
    enterApp(next);
  });
  return (
    <AuthCard heading="Welcome back" intro="See who is reading and editing, live.">
      <form method="post" onSubmit={onSubmit} className="flex flex-col gap-4">
        <Field label="Email" name="email" type="email" autoComplete="username" required autoFocus />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required />
        {error ? <Notice tone="error">{error}</Notice> : null}
        <SubmitButton busy={busy}>Sign in</SubmitButton>
      </form>
    </AuthCard>
  );
}
