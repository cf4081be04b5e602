import type { Phase } from '@doclight/protocol';
import type { ReactElement } from 'react';

/** The viewer's own presence, apart from the label and without a colour of its own. */
export function YouChip({ phase }: { readonly phase: Phase }): ReactElement {
  const doing = phase === 'edit' ? 'You are editing this' : 'You are reading this';
  return (
    <span
      title={doing}
      className="inline-flex h-6 shrink-0 items-center rounded-full border border-dashed border-line-strong bg-surface px-2 text-xs font-medium text-muted"
    >
      You
      <span className="sr-only"> are here</span>
    </span>
  );
}
