import { FileQuestion } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { EmptyState } from '@/components/ui/empty-state';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound(): ReactElement {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={<FileQuestion />}
        heading="There is nothing here"
        action={
          <Link href="/" className={buttonClass({ tone: 'primary' })}>
            Go to the documents
          </Link>
        }
      >
        The address may be wrong, or what was here is gone.
      </EmptyState>
    </main>
  );
}
