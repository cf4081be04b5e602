'use client';

import { type ReactElement, useMemo, useState } from 'react';
import { diffWords, type Piece } from '@/lib/diff/words';

/** Unchanged text beyond this many characters is shortened in the middle, until one asks for it. */
const LONG = 1_600;
const ENDS = 400;

interface WordsProps {
  readonly before: string;
  readonly after: string;
  /** Which side to show; both where left out. */
  readonly side?: 'before' | 'after';
}

/** A changed line with its words marked. */
export function Words({ before, after, side }: WordsProps): ReactElement {
  const pieces = useMemo(() => diffWords(before, after), [before, after]);
  const left = side === 'before' ? 'added' : side === 'after' ? 'removed' : null;
  return (
    <>
      {pieces.map((piece, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line have nothing but their place.
        piece.kind === left ? null : <PieceText key={index} piece={piece} />,
      )}
    </>
  );
}

function PieceText({ piece }: { readonly piece: Piece }): ReactElement {
  if (piece.kind === 'removed') return <del>{visible(piece.text)}</del>;
  if (piece.kind === 'added') return <ins>{visible(piece.text)}</ins>;
  return <Unchanged text={piece.text} />;
}

/** Text that did not change: the middle of a very long one waits to be asked for. */
export function Unchanged({ text }: { readonly text: string }): ReactElement {
  const [whole, setWhole] = useState(false);
  if (whole || text.length <= LONG) return <>{text}</>;
  const hidden = text.length - 2 * ENDS;
  return (
    <>
      {text.slice(0, ENDS)}
      <button type="button" className="diff-more" onClick={() => setWhole(true)}>
        … {hidden.toLocaleString('en')} unchanged characters …
      </button>
      {text.slice(-ENDS)}
    </>
  );
}

/** Makes a line end of Windows visible where it is what changed. */
export function visible(text: string): string {
  return text.replaceAll('\r', '␍');
}
