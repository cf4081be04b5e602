'use client';

import { Users } from 'lucide-react';
import type { ReactElement } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { Dashboard } from '@/features/documents/dashboard';
import { useSession } from '@/lib/session/session';
import { usePageTitle } from '@/lib/use-page-title';

export default function DashboardPage(): ReactElement {
  const { workspace } = useSession();
  usePageTitle(null);
  if (workspace) return <Dashboard key={workspace.id} workspace={workspace} />;
  return (
    <main>
      <EmptyState icon={<Users />} heading="You are in no workspace">
        Ask an owner for an invitation link.
      </EmptyState>
    </main>
  );
}
