'use client';

import { useRouter } from 'next/navigation';
import { type ReactElement, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { newPath } from '@/lib/documents/paths';
import type { DraftRecord } from '@/lib/drafts/draft-record';
import { draftsOf, putDraft } from '@/lib/drafts/draft-store';
import { useSession } from '@/lib/session/session';
import { shortTime } from '@/lib/time/relative-time';

/** What the person typed in a document that is gone: it can become a new one. */
export function LostDrafts({ slug }: { readonly slug: string }): ReactElement | null {
  const router = useRouter();
  const { user, workspace } = useSession();
  const [drafts, setDrafts] = useState<readonly DraftRecord[]>([]);
  useEffect(() => {
    void draftsOf(user.id).then((all) => setDrafts(all.filter(({ base }) => base?.slug === slug)));
  }, [user.id, slug]);
  if (drafts.length === 0 || !workspace) return null;
  const keep = async (): Promise<void> => {
    for (const draft of drafts)
      await putDraft({ ...draft, base: null, workspaceId: workspace.id, wanted: false, sentAt: null });
    // There they are offered like any other.
    router.push(newPath);
  };
  return (
    <div className="mx-auto max-w-md px-4 pb-10">
      <Notice tone="info">
        <p>You have unsaved changes of it from {shortTime(drafts[0]?.typedAt ?? '', Date.now())}.</p>
        <Button size="sm" className="mt-2" onClick={() => void keep()}>
          Keep them as a new document
        </Button>
      </Notice>
    </div>
  );
}
