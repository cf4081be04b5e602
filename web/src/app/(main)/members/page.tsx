import type { ReactElement } from 'react';
import { MembersPage } from '@/features/workspace/members-page';

export default function WorkspaceMembersPage(): ReactElement {
  return <MembersPage />;
}
