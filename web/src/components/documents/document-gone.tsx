import { FileX } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { EmptyState } from '@/components/ui/empty-state';

interface DocumentGoneProps {
  /** Left out for one that was never seen. */
  readonly title: string | undefined;
}

/** The page of a document that is not there, or not any more. */
export function DocumentGone({ title }: DocumentGoneProps): ReactElement {
  return (
    <main>
      <EmptyState
        icon={<FileX />}
        heading={title === undefined ? 'There is no such document' : `${title} was deleted`}
        action={
          <Link href="/" className={buttonClass({ tone: 'primary' })}>
            All documents
          </Link>
        }
      >
        {title === undefined
          ? 'The address may be wrong, or it is not for you.'
          : 'Somebody deleted it, or took you out of its workspace.'}
      </EmptyState>
    </main>
  );
}
