'use client';

import type { Document, DocumentSaved } from '@doclight/protocol';
import { CircleAlert, Pencil } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { DocumentGone } from '@/components/documents/document-gone';
import { PresenceBar } from '@/components/presence/presence-bar';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { buttonClass } from '@/components/ui/button-class';
import { EmptyState } from '@/components/ui/empty-state';
import { TimeAgo } from '@/components/ui/time-ago';
import { messageOf } from '@/lib/api/api-error';
import { editPath } from '@/lib/documents/paths';
import { useLiveDocument } from '@/lib/documents/use-live-document';
import { useOthers } from '@/lib/presence/use-presence';
import { mayEdit, roleIn, useSession } from '@/lib/session/session';
import { usePageTitle } from '@/lib/use-page-title';
import { DocumentMenu } from './document-menu';
import { KeepScroll } from './keep-scroll';
import { Markdown } from './markdown';
import { ReadSkeleton } from './read-skeleton';
import { useChangedBlocks } from './use-changed-blocks';

const describeSaved = ({ savedBy, revision }: DocumentSaved): string =>
  `${savedBy.name} saved revision ${revision}, it is shown now`;

/** A document to read; newer revisions appear by themselves. */
export function ReadPage({ slug }: { readonly slug: string }): ReactElement {
  const { document, error, gone, retry } = useLiveDocument(slug, describeSaved);
  if (gone) return <DocumentGone title={document?.title} />;
  if (document) return <ReadDocument key={document.id} document={document} />;
  if (!error) return <ReadSkeleton />;
  return (
    <main>
      <EmptyState
        icon={<CircleAlert />}
        heading="The document could not be loaded"
        action={<Button onClick={retry}>Try again</Button>}
      >
        {messageOf(error)}
      </EmptyState>
    </main>
  );
}

function ReadDocument({ document }: { readonly document: Document }): ReactElement {
  const session = useSession();
  const others = useOthers(document.workspaceId, document.id);
  const changedAbstract = useChangedBlocks(document.abstract);
  const changedText = useChangedBlocks(document.text);
  const role = roleIn(session, document.workspaceId);
  const deletable = role === 'owner' || (mayEdit(role) && document.author.id === session.user.id);
  usePageTitle(document.title);
  return (
    <main className="mx-auto w-full max-w-[760px] px-4 pt-6 pb-24 sm:px-6 sm:pt-10">
      {document.imageUrl ? (
        // biome-ignore lint/performance/noImgElement: images are ours, already small, and served as they are.
        <img
          src={document.imageUrl}
          alt=""
          className="mb-6 aspect-[3/1] w-full rounded-lg border border-line object-cover"
        />
      ) : null}
      <div className="flex items-start gap-3 max-sm:flex-col-reverse max-sm:gap-2">
        <h1 className="min-w-0 flex-1 text-[26px] leading-8 font-semibold tracking-[-0.02em] wrap-break-word sm:text-[32px] sm:leading-10">
          {document.title}
        </h1>
        <div className="flex items-center gap-1 pt-0.5 max-sm:self-end">
          {mayEdit(role) ? (
            <Link href={editPath(document.slug)} className={buttonClass({ tone: 'plain' })}>
              <Pencil aria-hidden="true" />
              Edit
            </Link>
          ) : null}
          <DocumentMenu document={document} deletable={deletable} />
        </div>
      </div>
      <div className="mt-2 mb-4 flex items-center gap-2 text-[13px] text-muted">
        <Avatar user={document.author} size={20} />
        <span className="min-w-0 truncate">
          {document.author.name} · edited <TimeAgo moment={document.updatedAt} /> by {document.updatedBy.name}{' '}
          · revision {document.revision}
        </span>
      </div>
      <PresenceBar others={others} />
      <KeepScroll version={document.revision} className="mt-8">
        {document.abstract.trim() === '' ? null : (
          <div className="prose-doc mb-8 border-b border-line pb-8 text-muted">
            <Markdown source={document.abstract} changed={changedAbstract} />
          </div>
        )}
        {document.text.trim() === '' ? (
          <p className="text-muted">Nothing is written here yet.</p>
        ) : (
          <div className="prose-doc">
            <Markdown source={document.text} changed={changedText} title={document.title} />
          </div>
        )}
      </KeepScroll>
    </main>
  );
}
