'use client';

import type { Document } from '@doclight/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { toast } from '@/components/toast/toast';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/dialog';
import { announce } from '@/lib/announce/announcer';
import { hasCode, messageOf } from '@/lib/api/api-error';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { putSummary, summaryOf } from '@/lib/documents/sync-caches';

interface RestoreButtonProps {
  readonly document: Document;
  readonly revision: number;
  readonly newest: number;
  readonly onRestored: () => void;
  /** Told why nothing was restored, in words for the page. */
  readonly onRefused: (message: string) => void;
}

/** Makes a revision the newest one again, after a question. A newer one than was seen is not covered up. */
export function RestoreButton(props: RestoreButtonProps): ReactElement {
  const { document, revision, newest } = props;
  const queryClient = useQueryClient();
  /** The newest revision when the question was asked: what the answer is about. */
  const [asked, setAsked] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const restore = async (over: number): Promise<void> => {
    setBusy(true);
    try {
      const restored = await request('POST /api/documents/:id/revisions/:revision/restore', {
        params: { id: document.id, revision: String(revision) },
        revision: over,
      });
      queryClient.setQueryData(queryKeys.document(restored.slug), restored);
      putSummary(queryClient, summaryOf(restored));
      announce(`Revision ${revision} is restored as revision ${restored.revision}`);
      toast.success(`Revision ${revision} is back, as revision ${restored.revision}`);
      props.onRestored();
    } catch (error) {
      const current = hasCode(error, 'REVISION_CONFLICT') ? error.problem.current : undefined;
      props.onRefused(
        current
          ? `${current.updatedBy.name} saved revision ${current.revision} meanwhile, so nothing was restored. Look at what changed, and restore again if you still want to.`
          : messageOf(error),
      );
    } finally {
      setBusy(false);
      setAsked(null);
    }
  };
  return (
    <>
      <Button aria-disabled={busy} onClick={() => setAsked(newest)}>
        <RotateCcw aria-hidden="true" />
        Restore this revision
      </Button>
      <Confirm
        open={asked !== null}
        heading={`Restore revision ${revision}?`}
        action="Restore"
        tone="primary"
        onConfirm={() => {
          if (asked !== null && !busy) void restore(asked);
        }}
        onCancel={() => setAsked(null)}
      >
        Its title, abstract, text and image become the newest revision, for everyone. Revision{' '}
        {asked ?? newest} stays in the history.
      </Confirm>
    </>
  );
}
