'use client';

import { type DocumentSummary, MAX_TITLE_LENGTH } from '@doclight/protocol';
import { type FormEvent, type KeyboardEvent, type ReactElement, useEffect, useId, useRef } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { cn } from '@/lib/class-names';
import type { Renaming } from './rename-state';
import { useRename } from './use-rename';

interface TitleFieldProps {
  readonly renaming: Renaming;
  readonly document: DocumentSummary;
  readonly className: string;
}

/** Lies over the title and takes no room of its own; a complaint floats under it. */
export function TitleField({ document, renaming, className }: TitleFieldProps): ReactElement {
  const rename = useRename(document);
  const field = useRef<HTMLInputElement>(null);
  const errorId = useId();
  const { error, from } = renaming;
  const isNew = useRef(error === null);
  const cameFrom = useRef(from);
  useEffect(() => {
    const { activeElement, body } = window.document;
    // One that comes back because it was refused takes the focus from nothing else that was begun since.
    if (!isNew.current && activeElement !== body && activeElement !== cameFrom.current) return;
    field.current?.focus();
    if (isNew.current) field.current?.select();
  }, []);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    rename.save();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    rename.cancel();
  };
  const onBlur = (): void => {
    // Another window has the focus now, and this field will have it again.
    if (window.document.activeElement !== field.current) rename.save('left');
  };
  return (
    <form
      data-renaming
      onSubmit={onSubmit}
      className={cn(
        'absolute -inset-x-2 -top-1.5 z-20 rounded-md bg-surface',
        error !== null && 'shadow-float',
      )}
    >
      <input
        ref={field}
        aria-label="New title"
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        value={renaming.typed}
        maxLength={MAX_TITLE_LENGTH}
        autoComplete="off"
        enterKeyHint="done"
        onChange={(event) => rename.type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
        className={cn(
          'h-8.5 w-full rounded-md border bg-surface px-[7px] text-base text-fg outline-offset-0 sm:text-[length:inherit]',
          className,
          error === null ? 'border-accent' : 'border-danger',
        )}
      />
      {error === null ? null : (
        <div className="flex items-start gap-2 py-1.5 pr-1.5 pl-2 text-[13px] leading-[18px]">
          <p id={errorId} role="alert" className="min-w-0 flex-1 py-[7px] text-danger">
            {error}
          </p>
          {/* The field keeps the focus until it is gone: to leave it is not to press this. */}
          <button
            type="button"
            onMouseDown={(event) => event.preventDefault()}
            onClick={rename.cancel}
            className={buttonClass({ tone: 'quiet', size: 'sm' })}
          >
            Cancel
          </button>
        </div>
      )}
    </form>
  );
}
