'use client';

import type { DocumentSummary } from '@doclight/protocol';
import { memo, type ReactElement, useEffect } from 'react';
import { cn } from '@/lib/class-names';
import { loadAtFirstUse } from '@/lib/lazy/first-use';
import { lazily } from '@/lib/lazy/lazily';
import { useStore } from '@/lib/store';
import { renamings, showsTitle } from './rename-state';

const TitleField = lazily(() => import('./title-field').then((module) => module.TitleField));
// Whoever presses F2 goes on typing at once.
loadAtFirstUse(TitleField.preload);

interface ArticleTitleProps {
  readonly document: DocumentSummary;
  /** The id by which the article is named after its title. */
  readonly titleId: string;
  readonly className: string;
}

/** The title of an article, or the field that it is being renamed in. */
export const ArticleTitle = memo(function ArticleTitle({
  document,
  titleId,
  className,
}: ArticleTitleProps): ReactElement {
  const renaming = useStore(renamings, (all) => all.get(document.id) ?? null);
  useEffect(() => showsTitle(document.id), [document.id]);
  const typing = renaming?.phase === 'typing';
  const saving = renaming?.phase === 'saving';
  return (
    <div className="relative">
      <h2 id={titleId} className={cn('truncate', className, typing && 'invisible')}>
        {/* On its way, and not there yet: dimmed until the server has it. */}
        {saving ? (
          <span data-saving className="opacity-55">
            {renaming.typed.trim()}
          </span>
        ) : (
          document.title
        )}
      </h2>
      {typing ? <TitleField document={document} renaming={renaming} className={className} /> : null}
    </div>
  );
});
