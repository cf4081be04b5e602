'use client';

import type { DocumentSummary } from '@doclight/protocol';
import { memo, type ReactElement, useId } from 'react';
import { DetailedLabel } from '@/components/presence/detailed-label';
import { PeopleStack } from '@/components/presence/people-stack';
import { YouChip } from '@/components/presence/you-chip';
import { Avatar } from '@/components/ui/avatar';
import { TimeAgo } from '@/components/ui/time-ago';
import { cn } from '@/lib/class-names';
import { ArticleLinks } from './article-links';
import { Cover } from './cover';
import { excerpt } from './excerpt';
import { ArticleMenu } from './rename/article-menu';
import { ArticleTitle } from './rename/article-title';
import { CARD_HEIGHT } from './sizes';
import { useArticle } from './use-article';

export interface DocumentItemProps {
  readonly document: DocumentSummary;
  readonly editable: boolean;
}

/** A document on the dashboard's grid. */
export function DocumentCard({ document, editable }: DocumentItemProps): ReactElement {
  const titleId = useId();
  const { others, edge, style } = useArticle(document.workspaceId, document.id);
  return (
    <article
      aria-labelledby={titleId}
      data-document-id={document.id}
      data-status={others?.status}
      style={{ ...style, height: CARD_HEIGHT }}
      className={cn(
        'group relative flex flex-col rounded-lg border bg-surface transition-colors duration-300',
        edge,
      )}
    >
      <div className="relative h-22 shrink-0">
        <div className="absolute inset-0 overflow-hidden rounded-t-[7px] border-b border-line">
          <Cover seed={document.id} imageUrl={document.imageUrl} thumbnails={document.thumbnails} />
        </div>
        <div className="absolute inset-x-4 bottom-2.5 flex items-center gap-1.5">
          <span className="relative z-10 flex min-w-0">
            <DetailedLabel others={others} />
          </span>
          {others?.mine ? <YouChip phase={others.mine} /> : null}
        </div>
      </div>
      <div className="flex min-h-0 flex-1 flex-col px-4 pt-3 pb-2">
        <ArticleTitle
          document={document}
          titleId={titleId}
          className="text-[15px] font-semibold tracking-[-0.01em]"
        />
        <CardWords document={document} />
        <div className="mt-2 -ml-2.5 flex items-center">
          <ArticleLinks slug={document.slug} titleId={titleId} editable={editable} />
          <span className="-mr-2 ml-auto flex items-center gap-1">
            <PeopleStack others={others} />
            <ArticleMenu document={document} titleId={titleId} editable={editable} />
          </span>
        </div>
      </div>
    </article>
  );
}

/** What does not change with who is there: the abstract, and whose it is. */
const CardWords = memo(function CardWords({ document }: Pick<DocumentItemProps, 'document'>): ReactElement {
  return (
    <>
      <p className="mt-1 line-clamp-2 text-[13px] leading-[18px] text-muted">{excerpt(document.abstract)}</p>
      <div className="mt-auto flex items-center gap-1.5 text-xs text-subtle">
        <Avatar user={document.author} size={16} />
        <span className="min-w-0 truncate">
          <span className="font-medium text-muted">{document.author.name}</span> · edited{' '}
          <TimeAgo moment={document.updatedAt} /> by {document.updatedBy.name}
        </span>
      </div>
    </>
  );
});
