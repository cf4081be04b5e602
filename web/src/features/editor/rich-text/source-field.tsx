'use client';

import { type ReactElement, useLayoutEffect, useRef } from 'react';

interface SourceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}

/** The Markdown as it is. Where somebody else's changes come in, the caret stays in the words where it was. */
export function SourceField({ label, value, disabled, onChange }: SourceFieldProps): ReactElement {
  const area = useRef<HTMLTextAreaElement>(null);
  const shown = useRef({ value, start: 0, end: 0 });
  useLayoutEffect(() => {
    const before = shown.current;
    const element = area.current;
    if (!element || before.value === value) return;
    if (document.activeElement === element) {
      // The browser puts the caret behind a text that is replaced.
      const moved = (at: number): number => placeIn(before.value, value, at);
      element.setSelectionRange(moved(before.start), moved(before.end));
    }
    shown.current = { ...before, value };
  }, [value]);
  const note = (element: HTMLTextAreaElement): void => {
    shown.current = { value: element.value, start: element.selectionStart, end: element.selectionEnd };
  };
  return (
    <textarea
      ref={area}
      aria-label={label}
      value={value}
      onChange={(event) => {
        note(event.currentTarget);
        onChange(event.currentTarget.value);
      }}
      onSelect={(event) => note(event.currentTarget)}
      disabled={disabled}
      spellCheck={false}
      className="block field-sizing-content min-h-(--editor-min-height) w-full resize-none rounded-b-lg bg-surface px-4 py-3 font-mono text-[13px] leading-5 text-fg outline-none"
    />
  );
}

/** Where a place in `before` is in `after`: as far from the end where what changed lies before it. */
function placeIn(before: string, after: string, at: number): number {
  if (before.slice(0, at) === after.slice(0, at)) return at;
  const fromEnd = before.length - at;
  // What follows the place, up to the next line end, tells whether the change lies before it.
  const rest = before.slice(at).split('\n', 1)[0] ?? '';
  const index = after.length - fromEnd;
  if (index >= 0 && after.startsWith(rest, index)) return index;
  const line = before.slice(before.lastIndexOf('\n', at - 1) + 1, at);
  const found = after.indexOf(line + rest);
  return found < 0 ? Math.min(at, after.length) : found + line.length;
}
