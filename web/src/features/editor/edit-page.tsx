'use client';

import { CircleAlert, FileX } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactElement, useEffect, useState } from 'react';
import { toast } from '@/components/toast/toast';
import { Button } from '@/components/ui/button';
import { buttonClass } from '@/components/ui/button-class';
import { EmptyState } from '@/components/ui/empty-state';
import { hasCode, messageOf } from '@/lib/api/api-error';
import { documentOf, readPath } from '@/lib/documents/paths';
import { unsavedStore } from '@/lib/documents/unsaved';
import { NEW_SLUG, useDocument } from '@/lib/documents/use-document';
import { mayEdit, roleIn, useSession } from '@/lib/session/session';
import { useStore } from '@/lib/store';
import { LostDrafts } from './drafts/lost-drafts';
import { EditForm } from './edit-form';
import { EditSkeleton } from './edit-skeleton';

/** What the page edits. It outlives a change of address when a new document gets its own. */
interface Edited {
  readonly slug: string;
  readonly isNew: boolean;
  /** Grows with every new document, so that each begins empty. */
  readonly count: number;
}

function follow(edited: Edited, slug: string): Edited {
  if (slug === NEW_SLUG) return { slug, isNew: true, count: edited.count + 1 };
  return { ...edited, slug, isNew: edited.isNew && edited.slug === NEW_SLUG };
}

/**
 * Edits the document of the address, or writes a new one. A new one that is saved takes its address
 * without the page being left, so that one types on.
 */
export function EditPage(): ReactElement {
  const slug = documentOf(usePathname())?.slug ?? NEW_SLUG;
  const [edited, setEdited] = useState<Edited>({ slug, isNew: slug === NEW_SLUG, count: 0 });
  if (edited.slug !== slug) setEdited(follow(edited, slug));
  return edited.isNew ? <NewDocument key={edited.count} /> : <ExistingDocument slug={slug} />;
}

function NewDocument(): ReactElement {
  const router = useRouter();
  const { workspace } = useSession();
  const allowed = workspace !== null && mayEdit(workspace.role);
  useEffect(() => {
    if (allowed) return;
    toast('Viewers cannot write documents.');
    router.replace('/');
  }, [allowed, router]);
  if (!workspace || !allowed) return <EditSkeleton />;
  return <EditForm document={null} workspaceId={workspace.id} />;
}

function ExistingDocument({ slug }: { readonly slug: string }): ReactElement {
  const router = useRouter();
  const session = useSession();
  const { data: document, error, isFetchedAfterMount, refetch } = useDocument(slug);
  const mayNot = document !== undefined && !mayEdit(roleIn(session, document.workspaceId));
  // Who loses the right while typing keeps what is typed, to copy it; a save says why it is refused.
  const typing = useStore(unsavedStore, (unsaved) => unsaved);
  const forbidden = mayNot && !typing;
  useEffect(() => {
    if (!forbidden) return;
    toast('You may look at this document, but not change it.');
    router.replace(readPath(slug));
  }, [forbidden, router, slug]);
  if (error && !document) return <NotEditable slug={slug} error={error} onRetry={() => void refetch()} />;
  // A cached copy may be old: what one starts to type on is made sure of first.
  if (!document || forbidden || !isFetchedAfterMount) return <EditSkeleton />;
  return <EditForm key={document.id} document={document} workspaceId={document.workspaceId} />;
}

function NotEditable({
  slug,
  error,
  onRetry,
}: {
  readonly slug: string;
  readonly error: Error;
  readonly onRetry: () => void;
}): ReactElement {
  const missing = hasCode(error, 'NOT_FOUND');
  return (
    <main>
      <EmptyState
        icon={missing ? <FileX /> : <CircleAlert />}
        heading={missing ? 'There is no such document' : 'The document could not be loaded'}
        action={
          missing ? (
            <Link href="/" className={buttonClass({ tone: 'primary' })}>
              All documents
            </Link>
          ) : (
            <Button onClick={onRetry}>Try again</Button>
          )
        }
      >
        {missing ? 'The address may be wrong, or it is not for you.' : messageOf(error)}
      </EmptyState>
      {missing ? <LostDrafts slug={slug} /> : null}
    </main>
  );
}
