'use client';

import { ArrowLeft, History } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { Button } from '@/components/ui/button';
import { buttonClass, iconButtonClass } from '@/components/ui/button-class';
import { TimeAgo } from '@/components/ui/time-ago';
import { historyPath, readPath } from '@/lib/documents/paths';
import { isUnsaved, type SaveState } from './save-state';

interface SaveBarProps {
  readonly state: SaveState;
  readonly onSave: () => void;
  /** The document is somebody else's to edit now. */
  readonly paused: boolean;
}

/** Whether everything is saved, always in sight, and the button that saves. */
export function SaveBar({ state, onSave, paused }: SaveBarProps): ReactElement {
  const { base } = state;
  return (
    <div className="sticky top-14 z-20 border-b border-line bg-bg">
      <div className="mx-auto flex h-13 w-full max-w-[760px] items-center gap-2 px-4 sm:px-6">
        <Link
          href={base ? readPath(base.slug) : '/'}
          className={buttonClass({ tone: 'quiet', size: 'sm' }, '-ml-2')}
        >
          <ArrowLeft aria-hidden="true" />
          Back
        </Link>
        <p
          className="min-w-0 flex-1 truncate text-right text-[13px] text-muted"
          data-save-state={stateName(state)}
        >
          <SaveWords state={state} />
        </p>
        {base ? (
          <Link
            href={historyPath(base.slug)}
            aria-label="History"
            title="History"
            className={iconButtonClass}
          >
            <History aria-hidden="true" />
          </Link>
        ) : null}
        <Button
          tone="primary"
          onClick={onSave}
          aria-disabled={state.sending !== null || paused}
          className={paused ? '' : 'aria-disabled:opacity-100'}
        >
          Save
        </Button>
      </div>
    </div>
  );
}

function stateName(state: SaveState): 'waiting' | 'saving' | 'unsaved' | 'saved' | 'new' {
  if (state.waiting) return 'waiting';
  if (state.sending) return 'saving';
  if (isUnsaved(state)) return 'unsaved';
  return state.base ? 'saved' : 'new';
}

function SaveWords({ state }: { readonly state: SaveState }): ReactElement {
  const { base } = state;
  switch (stateName(state)) {
    case 'waiting':
      return <span className="font-medium text-fg">Waiting for the connection</span>;
    case 'saving':
      return <>Saving…</>;
    case 'new':
      return <>Not saved yet</>;
    case 'unsaved':
      return (
        <>
          <span className="font-medium text-fg">Unsaved changes</span>
          {base ? <span className="max-sm:hidden"> · since revision {base.revision}</span> : null}
        </>
      );
    case 'saved':
      return (
        <>
          <span className="font-medium text-fg">Saved</span>
          {base ? (
            <>
              <span className="max-sm:hidden"> · revision {base.revision}</span> ·{' '}
              <TimeAgo moment={base.updatedAt} />
            </>
          ) : null}
        </>
      );
  }
}
