import type { ReactElement } from 'react';
import { HistoryPage } from '@/features/history/history-page';

interface HistoryRouteProps {
  readonly params: Promise<{ slug: string }>;
}

export default async function DocumentHistoryPage({ params }: HistoryRouteProps): Promise<ReactElement> {
  const { slug } = await params;
  return <HistoryPage slug={decodeURIComponent(slug)} />;
}
