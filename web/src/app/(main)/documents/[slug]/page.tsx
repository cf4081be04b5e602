import type { ReactElement } from 'react';
import { ReadPage } from '@/features/reading/read-page';

interface DocumentPageProps {
  readonly params: Promise<{ slug: string }>;
}

export default async function DocumentPage({ params }: DocumentPageProps): Promise<ReactElement> {
  const { slug } = await params;
  return <ReadPage slug={decodeURIComponent(slug)} />;
}
