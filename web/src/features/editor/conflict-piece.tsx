'use client';

import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Words } from '@/components/diff/pieces';
import { cn } from '@/lib/class-names';
import { type Choice, type Conflict, chosenText } from './merge/merge-draft';

interface ConflictPieceProps {
  readonly conflict: Conflict;
  /** Which one it is, e.g. `1 of 3`. */
  readonly place: string;
  /** Who wrote the other version. */
  readonly by: string;
  readonly choice: Choice | null;
  /** Null takes the choice back. */
  readonly onChoose: (choice: Choice | null) => void;
}

const FIELDS = { title: 'Title', abstract: 'Abstract', text: 'Text' } as const;

/** One place that both changed: the two versions, and what to keep. */
export function ConflictPiece({ conflict, place, by, choice, onChoose }: ConflictPieceProps): ReactElement {
  const { field, base, mine, theirs } = conflict;
  const kind = choice?.kind ?? null;
  const name = `Piece ${place}`;
  return (
    <li
      aria-label={name}
      data-conflict={kind ?? 'open'}
      className="rounded-lg border border-line bg-surface p-3 text-[13px]"
    >
      <p className="mb-2 flex items-center gap-1.5 text-xs font-semibold text-muted">
        {FIELDS[field]} · {place.replace(' of ', ' / ')}
        {choice ? <Check aria-label="Decided" role="img" className="size-3.5 text-free" /> : null}
      </p>
      <Neighbour line={conflict.before} />
      <div className="grid gap-2 sm:grid-cols-2">
        <Version heading="Yours" kept={kind === 'mine' || kind === 'both'}>
          {mine === '' ? (
            <Nothing who="You" base={base} />
          ) : (
            <Words before={base} after={mine} side="after" />
          )}
        </Version>
        <Version heading={`By ${by}`} kept={kind === 'theirs' || kind === 'both'}>
          {theirs === '' ? (
            <Nothing who={by} base={base} />
          ) : (
            <Words before={base} after={theirs} side="after" />
          )}
        </Version>
      </div>
      <Neighbour line={conflict.after} />
      <fieldset className="mt-3 flex flex-wrap gap-1.5">
        <legend className="sr-only">What to keep of piece {place}</legend>
        <Option chosen={kind === 'mine'} onChoose={() => onChoose({ kind: 'mine' })}>
          Keep mine
        </Option>
        <Option chosen={kind === 'theirs'} onChoose={() => onChoose({ kind: 'theirs' })}>
          Keep theirs
        </Option>
        {field === 'title' ? null : (
          <Option chosen={kind === 'both'} onChoose={() => onChoose({ kind: 'both' })}>
            Keep both
          </Option>
        )}
        <Option
          chosen={kind === 'by-hand'}
          onChoose={() =>
            onChoose({ kind: 'by-hand', text: chosenText(conflict, choice ?? startOf(conflict)) })
          }
        >
          Edit by hand
        </Option>
      </fieldset>
      {choice?.kind === 'by-hand' ? (
        <textarea
          aria-label={`${name}, by hand`}
          // biome-ignore lint/a11y/noAutofocus: one pressed a button to write here.
          autoFocus
          value={choice.text}
          spellCheck={false}
          onChange={(event) => onChoose({ kind: 'by-hand', text: event.currentTarget.value })}
          className="mt-2 block field-sizing-content min-h-20 w-full resize-y rounded-md border border-line-strong bg-surface px-3 py-2 font-mono text-[13px] leading-5 outline-none focus:border-accent"
        />
      ) : null}
    </li>
  );
}

/** By hand one starts with both, as nothing is to be typed again. */
function startOf({ field }: Conflict): Choice {
  return { kind: field === 'title' ? 'mine' : 'both' };
}

function Neighbour({ line }: { readonly line: string }): ReactElement | null {
  return line === '' ? null : <p className="my-1.5 truncate px-2.5 text-subtle">{line}</p>;
}

function Nothing({ who, base }: { readonly who: string; readonly base: string }): ReactElement {
  return <span className="text-muted italic">{base === '' ? 'Nothing' : `${who} took this out`}</span>;
}

interface VersionProps {
  readonly heading: string;
  readonly kept: boolean;
  readonly children: ReactNode;
}

function Version({ heading, kept, children }: VersionProps): ReactElement {
  return (
    <section
      aria-label={heading}
      className={cn('min-w-0 rounded-md border border-line', kept && 'border-accent ring-1 ring-accent')}
    >
      <h4 className="border-b border-line px-2.5 py-1 text-xs font-semibold text-muted">{heading}</h4>
      <div className="diff-marks max-h-64 overflow-y-auto px-2.5 py-1.5 leading-5 wrap-anywhere whitespace-pre-wrap [&_ins]:no-underline">
        {children}
      </div>
    </section>
  );
}

interface OptionProps {
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly children: string;
}

function Option({ chosen, onChoose, children }: OptionProps): ReactElement {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={cn(
        'inline-flex h-8 items-center gap-1 rounded-md border border-line px-2.5 font-medium whitespace-nowrap text-fg transition-colors duration-100 hover:bg-hover',
        chosen && 'border-accent bg-accent-soft',
      )}
    >
      {chosen ? <Check aria-hidden="true" className="size-3.5" /> : null}
      {children}
    </button>
  );
}
