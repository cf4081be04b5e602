'use client';

import { memo, type ReactElement, useId } from 'react';
import { DetailedLabel } from '@/components/presence/detailed-label';
import { PeopleStack } from '@/components/presence/people-stack';
import { YouChip } from '@/components/presence/you-chip';
import { TimeAgo } from '@/components/ui/time-ago';
import { cn } from '@/lib/class-names';
import { ArticleLinks } from './article-links';
import type { DocumentItemProps } from './document-card';
import { excerpt } from './excerpt';
import { ArticleMenu } from './rename/article-menu';
import { ArticleTitle } from './rename/article-title';
import { useArticle } from './use-article';

/** A document on the dashboard's list. */
export function DocumentRow({ document, editable }: DocumentItemProps): ReactElement {
  const titleId = useId();
  const { others, edge, style } = useArticle(document.workspaceId, document.id);
  return (
    <article
      aria-labelledby={titleId}
      data-document-id={document.id}
      data-status={others?.status}
      style={style}
      className={cn(
        'relative grid h-full grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 rounded-lg border bg-surface px-4 py-2.5 transition-colors duration-300 sm:grid-cols-[180px_1fr_auto_auto]',
        edge,
      )}
    >
      <div className="col-start-1 flex min-w-0 items-center gap-1.5 sm:row-start-1">
        <span className="relative z-10 flex min-w-0">
          <DetailedLabel others={others} />
        </span>
        {others?.mine ? <YouChip phase={others.mine} /> : null}
      </div>
      <div className="col-span-2 min-w-0 sm:col-span-1 sm:col-start-2 sm:row-start-1">
        <ArticleTitle document={document} titleId={titleId} className="text-sm font-semibold" />
        <p className="truncate text-[13px] text-muted">
          <RowExcerpt abstract={document.abstract} />
        </p>
      </div>
      <PeopleStack others={others} className="col-start-2 row-start-1 justify-self-end sm:col-start-3" />
      <div className="col-span-2 flex min-w-0 items-center gap-3 sm:col-span-1 sm:col-start-4">
        <div className="min-w-0 flex-1 truncate text-xs leading-4 text-subtle sm:w-52 sm:text-right">
          <span className="sm:block sm:truncate">{document.author.name}</span>
          <span className="sm:hidden"> · </span>
          <span className="sm:block sm:truncate">
            edited <TimeAgo moment={document.updatedAt} /> by {document.updatedBy.name}
          </span>
        </div>
        <span className="flex shrink-0 items-center gap-1">
          <ArticleLinks slug={document.slug} titleId={titleId} editable={editable} />
          <ArticleMenu document={document} titleId={titleId} editable={editable} />
        </span>
      </div>
    </article>
  );
}

const RowExcerpt = memo(function RowExcerpt({ abstract }: { readonly abstract: string }): ReactElement {
  return <>{excerpt(abstract) || 'No abstract'}</>;
});
