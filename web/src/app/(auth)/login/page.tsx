import type { Metadata } from 'next';
import type { ReactElement } from 'react';
import { LoginForm } from '@/features/auth/login-form';

export const metadata: Metadata = { title: 'Sign in' };

export default function LoginPage(): ReactElement {
  return <LoginForm />;
}
