import type { Metadata } from 'next';
import type { ReactElement } from 'react';
import { InviteForm } from '@/features/auth/invite-form';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

interface InvitePageProps {
  readonly params: Promise<{ token: string }>;
}

export default async function InvitePage({ params }: InvitePageProps): Promise<ReactElement> {
  const { token } = await params;
  return <InviteForm token={decodeURIComponent(token)} />;
}
