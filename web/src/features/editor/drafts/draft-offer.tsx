'use client';

import { History } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { ChangesDialog } from '@/components/diff/changes-dialog';
import { toast } from '@/components/toast/toast';
import { Button } from '@/components/ui/button';
import type { DraftRecord } from '@/lib/drafts/draft-record';
import { shortTime } from '@/lib/time/relative-time';
import { draftOf } from '../save-state';

interface DraftOfferProps {
  readonly draft: DraftRecord;
  readonly onRestore: () => void;
  /** Removes it; what it answers puts it back. */
  readonly onDiscard: () => Promise<(() => void) | null>;
}

/** Offers what was typed here before and never saved. */
export function DraftOffer({ draft, onRestore, onDiscard }: DraftOfferProps): ReactElement {
  const [open, setOpen] = useState(false);
  const time = shortTime(draft.typedAt, Date.now());
  const name = draft.base ? '' : ` of “${draft.words.title || 'Untitled'}”`;
  const discard = async (): Promise<void> => {
    setOpen(false);
    const undo = await onDiscard();
    if (undo) toast('The unsaved changes were discarded.', { action: { label: 'Undo', onClick: undo } });
  };
  const restore = (): void => {
    setOpen(false);
    onRestore();
  };
  return (
    <section
      aria-label={`Unsaved changes from ${time}`}
      className="mb-6 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-accent-soft px-3 py-2.5 text-[13px]"
    >
      <History aria-hidden="true" className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 max-sm:basis-[calc(100%-40px)]">
        You have unsaved changes{name} from <time dateTime={draft.typedAt}>{time}</time>.
      </p>
      <div className="flex gap-2">
        <Button size="sm" tone="primary" onClick={restore}>
          Restore
        </Button>
        <Button size="sm" onClick={() => setOpen(true)}>
          See
        </Button>
        <Button size="sm" onClick={() => void discard()}>
          Discard
        </Button>
      </div>
      <ChangesDialog
        open={open}
        onClose={() => setOpen(false)}
        heading={`Unsaved changes from ${time}`}
        comparisons={[
          {
            name: 'What you typed',
            before: draft.base ? draftOf(draft.base) : null,
            after: draft.words,
          },
        ]}
      >
        <Button onClick={() => void discard()}>Discard</Button>
        <Button tone="primary" onClick={restore}>
          Restore
        </Button>
      </ChangesDialog>
    </section>
  );
}
