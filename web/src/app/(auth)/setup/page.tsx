import type { Metadata } from 'next';
import type { ReactElement } from 'react';
import { SetupForm } from '@/features/auth/setup-form';

export const metadata: Metadata = { title: 'Set up' };

export default function SetupPage(): ReactElement {
  return <SetupForm />;
}
