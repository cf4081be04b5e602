'use client';

import type { DocumentSummary } from '@doclight/protocol';
import { Ellipsis } from 'lucide-react';
import { memo, type ReactElement, useRef } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { MenuButton } from '@/components/ui/menu-button';
import { lazily } from '@/lib/lazy/lazily';
import { renamings, startRenaming } from './rename-state';

const ArticleItems = lazily(() => import('./article-items').then((module) => module.ArticleItems));

interface ArticleMenuProps {
  readonly document: DocumentSummary;
  readonly titleId: string;
  /** The person may change the document. */
  readonly editable: boolean;
}

/** What else one can do with a document of the dashboard. */
export const ArticleMenu = memo(function ArticleMenu({
  document,
  titleId,
  editable,
}: ArticleMenuProps): ReactElement {
  const trigger = useRef<HTMLButtonElement>(null);
  const rename = (): void => startRenaming(document, trigger.current);
  return (
    <MenuButton
      ref={trigger}
      aria-label="More"
      aria-describedby={titleId}
      className={buttonClass({ tone: 'quiet', size: 'sm' }, 'relative z-10 w-8 px-0')}
      // The field takes the focus by itself, and gives it back to the button.
      finalFocus={() => !renamings.get().has(document.id)}
      load={ArticleItems.preload}
      items={<ArticleItems document={document} onRename={editable ? rename : null} />}
    >
      <Ellipsis aria-hidden="true" />
    </MenuButton>
  );
});
