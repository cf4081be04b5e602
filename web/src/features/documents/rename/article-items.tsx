'use client';

import type { DocumentSummary } from '@doclight/protocol';
import { PencilLine } from 'lucide-react';
import type { ReactElement } from 'react';
import { WatchChoices } from '@/components/notifications/watch-choices';
import { MenuItem, MenuSeparator } from '@/components/ui/menu';

interface ArticleItemsProps {
  readonly document: DocumentSummary;
  /** Null for those who may not change the document. */
  readonly onRename: (() => void) | null;
}

/** In the menu of a document on the dashboard. */
export function ArticleItems({ document, onRename }: ArticleItemsProps): ReactElement {
  return (
    <>
      {onRename ? (
        <>
          <MenuItem shortcut="F2" onSelect={onRename}>
            <PencilLine aria-hidden="true" />
            Rename
          </MenuItem>
          <MenuSeparator />
        </>
      ) : null}
      <WatchChoices document={document} />
    </>
  );
}
