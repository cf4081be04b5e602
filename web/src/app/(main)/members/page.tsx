import type { Metadata } from 'next';
import type { ReactElement } from 'react';
import { MembersPage } from '@/features/workspace/members-page';

export const metadata: Metadata = { title: 'Members' };

export default function WorkspaceMembersPage(): ReactElement {
  return <MembersPage />;
}
