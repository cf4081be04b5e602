'use client';

import type { ReactElement } from 'react';
import { toast } from '@/components/toast/toast';
import type { Saving } from '../use-save';
import type { DraftKeeper } from './draft-keeper';
import { DraftOffer } from './draft-offer';
import { useOfferedDrafts } from './use-offered-drafts';

interface DraftOffersProps {
  readonly saving: Saving;
  readonly keeper: DraftKeeper;
  readonly workspaceId: string;
}

/** What the person left unsaved in this document, each with its time. */
export function DraftOffers({ saving, keeper, workspaceId }: DraftOffersProps): ReactElement {
  const { drafts, take, discard } = useOfferedDrafts(saving.state.base, workspaceId);
  const restore = async (id: string): Promise<void> => {
    const taken = await take(id);
    if (!taken) {
      toast('These changes are open in another tab, or were saved meanwhile.');
      return;
    }
    // What is on the page now stays a draft of its own, and is offered in turn.
    keeper.adopt(taken.record, taken.release);
    saving.restore(taken.record.base, taken.record.words);
  };
  return (
    <>
      {drafts.map((draft) => (
        <DraftOffer
          key={draft.id}
          draft={draft}
          onRestore={() => void restore(draft.id)}
          onDiscard={() => discard(draft.id)}
        />
      ))}
    </>
  );
}
