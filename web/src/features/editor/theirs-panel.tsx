'use client';

import { CircleAlert } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { Button } from '@/components/ui/button';
import { TimeAgo } from '@/components/ui/time-ago';
import { type Draft, draftOf, type Theirs } from './save-state';

interface TheirsPanelProps {
  readonly theirs: Theirs;
  readonly mine: Draft;
  readonly onTakeTheirs: () => void;
  readonly onSaveOver: () => void;
}

/** Somebody saved meanwhile: who and when, what they wrote, and the choice, which nobody makes for one. */
export function TheirsPanel({ theirs, mine, onTakeTheirs, onSaveOver }: TheirsPanelProps): ReactElement {
  const [shown, setShown] = useState(false);
  const { document, because } = theirs;
  return (
    <section
      aria-label="A newer revision"
      className="mb-6 rounded-lg border border-read-line bg-read-bg p-4 text-read-fg"
    >
      <div role="alert" className="flex gap-2.5">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <div className="min-w-0">
          <p className="font-semibold">
            {document.updatedBy.name} saved revision {document.revision} meanwhile (
            <TimeAgo moment={document.updatedAt} />)
          </p>
          <p className="mt-0.5 text-[13px]">
            {because === 'refused'
              ? 'Yours was not stored, so that theirs is not lost. Everything you typed is still here.'
              : 'Everything you typed is still here. You will have to choose before yours can be stored.'}
          </p>
        </div>
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="sm" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide their version' : 'Show their version'}
        </Button>
        <Button size="sm" onClick={onSaveOver}>
          Use mine as the newest revision
        </Button>
        <Button size="sm" onClick={onTakeTheirs}>
          Discard mine
        </Button>
      </div>
      {shown ? <Comparison theirs={draftOf(document)} mine={mine} author={document.updatedBy.name} /> : null}
    </section>
  );
}

interface ComparisonProps {
  readonly theirs: Draft;
  readonly mine: Draft;
  readonly author: string;
}

function Comparison({ theirs, mine, author }: ComparisonProps): ReactElement {
  return (
    <div className="mt-4 grid gap-3 text-fg sm:grid-cols-2">
      <Version heading={`By ${author}`} draft={theirs} />
      <Version heading="Yours" draft={mine} />
    </div>
  );
}

function Version({ heading, draft }: { readonly heading: string; readonly draft: Draft }): ReactElement {
  return (
    <div className="min-w-0 rounded-lg border border-line bg-surface">
      <h3 className="border-b border-line px-3 py-2 text-xs font-semibold text-muted">{heading}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section tabIndex={0} aria-label={heading} className="max-h-80 overflow-auto p-3 text-[13px]">
        <p className="font-semibold">{draft.title}</p>
        <pre className="mt-2 font-mono text-xs wrap-break-word whitespace-pre-wrap">
          {[draft.abstract, draft.text].filter((part) => part !== '').join('\n\n')}
        </pre>
      </section>
    </div>
  );
}
