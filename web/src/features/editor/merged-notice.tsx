'use client';

import { X } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { ChangesDialog } from '@/components/diff/changes-dialog';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { Merged } from './save-state';

interface MergedNoticeProps {
  readonly merged: Merged;
  readonly onDismiss: () => void;
}

/** Says that somebody else's changes came in with the last save, and shows them. */
export function MergedNotice({ merged, onDismiss }: MergedNoticeProps): ReactElement {
  const [open, setOpen] = useState(false);
  const name = merged.theirs.updatedBy.name;
  return (
    <Notice tone="info" className="mb-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="mr-auto">
          Merged with {name}’s changes{merged.saved ? ' and saved' : ''}.
        </p>
        <Button size="sm" tone="quiet" onClick={() => setOpen(true)}>
          See what came in
        </Button>
        <Button size="sm" tone="quiet" aria-label="Dismiss" className="px-2" onClick={onDismiss}>
          <X aria-hidden="true" />
        </Button>
      </div>
      <ChangesDialog
        open={open}
        onClose={() => setOpen(false)}
        heading={`What ${name} changed`}
        comparisons={[{ name: 'Changes', before: merged.from, after: merged.theirs }]}
      />
    </Notice>
  );
}
