'use client';

import { type ReactElement, useCallback, useMemo, useState } from 'react';
import { More } from '@/components/ui/more';
import { useDiffLayout } from '@/lib/diff/diff-layout';
import { rowsOf, sideBySide } from '@/lib/diff/rows';
import type { TextDiff } from '@/lib/diff/text-diff';
import { DiffRowView } from './diff-row';

/** Rows that are there at first, and that each scroll to their end adds. */
const STEP = 300;

const NONE: ReadonlySet<number> = new Set();

interface TextDiffViewProps {
  readonly diff: TextDiff;
  /** Names the region, e.g. `Changes in the text`. */
  readonly label: string;
}

/** The lines of a diff, what is unchanged folded; of a very long one as many as were scrolled to. */
export function TextDiffView({ diff, label }: TextDiffViewProps): ReactElement {
  const twoColumns = useDiffLayout() === 'side-by-side';
  const [open, setOpen] = useState<ReadonlySet<number>>(NONE);
  const [most, setMost] = useState(STEP);
  const [previous, setPrevious] = useState(diff);
  if (previous !== diff) {
    // Folds are named by their place, which means nothing in another diff.
    setPrevious(diff);
    setOpen(NONE);
    setMost(STEP);
  }
  const onOpen = useCallback((fold: number) => setOpen((folds) => new Set(folds).add(fold)), []);
  const rows = useMemo(() => {
    const placed = rowsOf(diff, open, most + 1);
    return { more: placed.length > most, shown: placed.slice(0, most) };
  }, [diff, open, most]);
  const shown = useMemo(() => (twoColumns ? sideBySide(rows.shown) : rows.shown), [rows, twoColumns]);
  return (
    <section aria-label={label} className="diff">
      {shown.map(({ key, row }) => (
        <DiffRowView key={key} row={row} twoColumns={twoColumns} onOpen={onOpen} />
      ))}
      {rows.more ? <More key={most} onMore={() => setMost(most + STEP)} /> : null}
    </section>
  );
}
