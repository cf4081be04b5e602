'use client';

import { Menu } from '@base-ui/react/menu';
import type { DocumentSummary } from '@doclight/protocol';
import { Ellipsis, PencilLine } from 'lucide-react';
import { type ReactElement, useRef } from 'react';
import { WatchChoices } from '@/components/notifications/watch-choices';
import { buttonClass } from '@/components/ui/button-class';
import { MenuItem, MenuPanel, MenuSeparator } from '@/components/ui/menu';
import { startRenaming } from './rename-state';

interface ArticleMenuProps {
  readonly document: DocumentSummary;
  readonly titleId: string;
  /** The person may change the document. */
  readonly editable: boolean;
}

/** What else one can do with a document of the dashboard. */
export function ArticleMenu({ document, titleId, editable }: ArticleMenuProps): ReactElement {
  const trigger = useRef<HTMLButtonElement>(null);
  const renames = useRef(false);
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        ref={trigger}
        aria-label="More"
        aria-describedby={titleId}
        className={buttonClass({ tone: 'quiet', size: 'sm' }, 'relative z-10 w-8 px-0')}
      >
        <Ellipsis aria-hidden="true" />
      </Menu.Trigger>
      {/* The field takes the focus by itself, and gives it back to the button. */}
      <MenuPanel
        finalFocus={() => {
          const stays = !renames.current;
          renames.current = false;
          return stays;
        }}
      >
        {editable ? (
          <>
            <MenuItem
              shortcut="F2"
              onSelect={() => {
                renames.current = true;
                startRenaming(document, trigger.current);
              }}
            >
              <PencilLine aria-hidden="true" />
              Rename
            </MenuItem>
            <MenuSeparator />
          </>
        ) : null}
        <WatchChoices document={document} />
      </MenuPanel>
    </Menu.Root>
  );
}
