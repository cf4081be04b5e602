'use client';

import { UnfoldVertical } from 'lucide-react';
import { memo, type ReactElement, type ReactNode } from 'react';
import { cn } from '@/lib/class-names';
import type { SidesRow } from '@/lib/diff/rows';
import { Unchanged, visible, Words } from './pieces';

interface DiffRowProps {
  readonly row: SidesRow['row'];
  readonly twoColumns: boolean;
  readonly onOpen: (fold: number) => void;
}

/** One line of a diff, or a fold. The sign says what the colour says. */
export const DiffRowView = memo(function DiffRowView({
  row,
  twoColumns,
  onOpen,
}: DiffRowProps): ReactElement {
  if (row.kind === 'fold')
    return (
      <button type="button" className="diff-fold" onClick={() => onOpen(row.at)}>
        <UnfoldVertical aria-hidden="true" />
        {row.count.toLocaleString('en')} unchanged lines
      </button>
    );
  return twoColumns ? <Sides row={row} /> : <Inline row={row} />;
});

type LineRow = Exclude<SidesRow['row'], { kind: 'fold' }>;

function Inline({ row }: { readonly row: LineRow }): ReactElement {
  switch (row.kind) {
    case 'same':
      return (
        <Line>
          <Unchanged text={row.text} />
        </Line>
      );
    case 'changed':
      return (
        <Line kind="changed" words>
          <Words before={row.before} after={row.after} />
        </Line>
      );
    case 'removed':
      return <Removed text={row.before} />;
    case 'added':
      return <Added text={row.after} />;
    case 'sides':
      return (
        <>
          <Removed text={row.before} />
          <Added text={row.after} />
        </>
      );
  }
}

function Sides({ row }: { readonly row: LineRow }): ReactElement {
  return (
    <div className="diff-sides">
      <LeftOf row={row} />
      <RightOf row={row} />
    </div>
  );
}

function LeftOf({ row }: { readonly row: LineRow }): ReactElement {
  if (row.kind === 'added') return <Line kind="nothing" />;
  if (row.kind === 'removed' || row.kind === 'sides') return <Removed text={row.before} />;
  if (row.kind === 'same')
    return (
      <Line>
        <Unchanged text={row.text} />
      </Line>
    );
  return (
    <Line kind="removed" words>
      <Words before={row.before} after={row.after} side="before" />
    </Line>
  );
}

function RightOf({ row }: { readonly row: LineRow }): ReactElement {
  if (row.kind === 'removed') return <Line kind="nothing" />;
  if (row.kind === 'added' || row.kind === 'sides') return <Added text={row.after} />;
  if (row.kind === 'same')
    return (
      <Line>
        <Unchanged text={row.text} />
      </Line>
    );
  return (
    <Line kind="added" words>
      <Words before={row.before} after={row.after} side="after" />
    </Line>
  );
}

const Removed = ({ text }: { readonly text: string }): ReactElement => (
  <Line kind="removed">
    <del>{visible(text)}</del>
  </Line>
);

const Added = ({ text }: { readonly text: string }): ReactElement => (
  <Line kind="added">
    <ins>{visible(text)}</ins>
  </Line>
);

const SIGNS = {
  added: { sign: '+', name: 'Added' },
  removed: { sign: '−', name: 'Removed' },
  changed: { sign: '±', name: 'Changed' },
} as const;

interface LineProps {
  readonly kind?: 'added' | 'removed' | 'changed' | 'nothing';
  /** Only the marked words of the line changed. */
  readonly words?: boolean;
  readonly children?: ReactNode;
}

function Line({ kind, words = false, children }: LineProps): ReactElement {
  const sign = kind === undefined || kind === 'nothing' ? null : SIGNS[kind];
  return (
    <div className="diff-line" data-kind={kind}>
      {sign ? (
        <span role="img" aria-label={sign.name} className="diff-sign">
          {sign.sign}
        </span>
      ) : (
        <span className="diff-sign" />
      )}
      <span className={cn('diff-text', words && 'diff-marks', kind === 'changed' && 'diff-mixed')}>
        {children}
      </span>
    </div>
  );
}
