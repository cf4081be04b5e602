'use client';

import { CircleAlert, GitMerge } from 'lucide-react';
import { type ReactElement, useDeferredValue, useMemo, useState } from 'react';
import { ChangesDialog } from '@/components/diff/changes-dialog';
import { Button } from '@/components/ui/button';
import { TimeAgo } from '@/components/ui/time-ago';
import { ConflictPiece } from './conflict-piece';
import { mergeDraft, undecided } from './merge/merge-draft';
import { draftOf, type SaveState, type Theirs } from './save-state';
import type { Saving } from './use-save';

interface TheirsPanelProps {
  readonly state: SaveState;
  readonly theirs: Theirs;
  readonly saving: Saving;
  /** Merges and saves, as the Save button does. */
  readonly onMerge: () => void;
}

/** Somebody saved meanwhile: who and when, what they changed, and the way to one document of both. */
export function TheirsPanel({ state, theirs, saving, onMerge }: TheirsPanelProps): ReactElement {
  const { document, because } = theirs;
  return (
    <section
      aria-label="A newer revision"
      className="mb-6 rounded-lg border border-read-line bg-read-bg p-4 text-read-fg max-sm:p-3"
    >
      <div role="alert" className="flex gap-2.5">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <div className="min-w-0">
          <p className="font-semibold">
            {document.updatedBy.name} saved revision {document.revision} meanwhile (
            <TimeAgo moment={document.updatedAt} />)
          </p>
          <p className="mt-0.5 text-[13px]">
            {because === 'touches'
              ? 'You both changed the same places. Everything you typed is still here; nothing is saved before you chose.'
              : 'Everything you typed is still here. Merging puts both together, and asks where you changed the same.'}
          </p>
        </div>
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        {because === 'arrived' ? (
          <Button size="sm" onClick={onMerge}>
            <GitMerge aria-hidden="true" />
            Merge now
          </Button>
        ) : null}
        <SeeChanges state={state} theirs={theirs} />
        <Button size="sm" onClick={saving.takeTheirs}>
          Discard mine
        </Button>
      </div>
      {because === 'touches' ? (
        <Pieces state={state} theirs={theirs} saving={saving} onMerge={onMerge} />
      ) : null}
    </section>
  );
}

function SeeChanges({ state, theirs }: { readonly state: SaveState; readonly theirs: Theirs }): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        See changes
      </Button>
      <ChangesDialog
        open={open}
        onClose={() => setOpen(false)}
        heading="What changed meanwhile"
        comparisons={[
          {
            name: `What ${theirs.document.updatedBy.name} changed`,
            before: state.base,
            after: theirs.document,
          },
          { name: 'What you changed', before: draftOf(state.base), after: state.draft },
        ]}
      />
    </>
  );
}

/** The places that both changed, each with its choice, and how many are left. */
function Pieces({ state, theirs, saving, onMerge }: TheirsPanelProps): ReactElement {
  const { base, draft, choices } = state;
  // Typing goes on while the choices stand here: they follow when there is time.
  const mine = useDeferredValue(draft);
  const merge = useMemo(
    () => mergeDraft(draftOf(base), mine, draftOf(theirs.document)),
    [base, mine, theirs.document],
  );
  const left = undecided(merge, choices).length;
  const all = merge.conflicts.length;
  const name = theirs.document.updatedBy.name;
  return (
    <div className="mt-4 text-fg">
      <ol className="flex flex-col gap-3">
        {merge.conflicts.map((conflict, index) => (
          <ConflictPiece
            key={conflict.key}
            conflict={conflict}
            place={`${index + 1} of ${all}`}
            by={name}
            choice={choices.get(conflict.key) ?? null}
            onChoose={(choice) => saving.choose(conflict.key, choice)}
          />
        ))}
      </ol>
      <div className="mt-4 flex flex-wrap items-center gap-2 text-read-fg">
        <p role="status" className="mr-auto text-[13px] font-medium">
          {left === 0 ? 'Everything is decided' : `${left} of ${all} ${all === 1 ? 'piece' : 'pieces'} left`}
        </p>
        {left > 1 ? (
          <>
            <Button size="sm" onClick={() => saving.chooseAll({ kind: 'mine' })}>
              All mine
            </Button>
            <Button size="sm" onClick={() => saving.chooseAll({ kind: 'theirs' })}>
              All theirs
            </Button>
          </>
        ) : null}
        <Button size="sm" tone="primary" aria-disabled={left > 0} onClick={onMerge}>
          Save the merge
        </Button>
      </div>
    </div>
  );
}
