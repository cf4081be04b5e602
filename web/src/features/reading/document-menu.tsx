'use client';

import { Menu } from '@base-ui/react/menu';
import type { Document } from '@doclight/protocol';
import { Ellipsis, History, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactElement, useState } from 'react';
import { WatchChoices } from '@/components/notifications/watch-choices';
import { toast } from '@/components/toast/toast';
import { iconButtonClass } from '@/components/ui/button-class';
import { Confirm } from '@/components/ui/dialog';
import { MenuItem, MenuLink, MenuPanel, MenuSeparator } from '@/components/ui/menu';
import { messageOf } from '@/lib/api/api-error';
import { request } from '@/lib/api/request';
import { historyPath } from '@/lib/documents/paths';

interface DocumentMenuProps {
  readonly document: Document;
  readonly deletable: boolean;
}

/** What one can do with a document besides reading it. */
export function DocumentMenu({ document, deletable }: DocumentMenuProps): ReactElement {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const remove = async (): Promise<void> => {
    try {
      await request('DELETE /api/documents/:id', { params: { id: document.id } });
      router.push('/');
    } catch (error) {
      setAsking(false);
      toast.error(messageOf(error));
    }
  };
  return (
    <>
      <Menu.Root modal={false}>
        <Menu.Trigger aria-label="More" className={iconButtonClass}>
          <Ellipsis aria-hidden="true" />
        </Menu.Trigger>
        <MenuPanel>
          <MenuLink link={<Link href={historyPath(document.slug)} />}>
            <History aria-hidden="true" />
            History
          </MenuLink>
          <MenuSeparator />
          <WatchChoices document={document} />
          {deletable ? (
            <>
              <MenuSeparator />
              <MenuItem danger onSelect={() => setAsking(true)}>
                <Trash2 aria-hidden="true" />
                Delete document…
              </MenuItem>
            </>
          ) : null}
        </MenuPanel>
      </Menu.Root>
      <Confirm
        open={asking}
        heading="Delete this document?"
        action="Delete"
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      >
        “{document.title}” disappears for everyone in the workspace, with all its revisions.
      </Confirm>
    </>
  );
}
