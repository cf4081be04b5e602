import { type InputHTMLAttributes, type ReactElement, useId } from 'react';
import { cn } from '@/lib/class-names';

export const inputClass =
  'h-10 w-full rounded-lg border border-line-strong bg-surface px-3 text-base text-fg outline-offset-0 transition-colors hover:border-subtle focus-visible:border-accent sm:text-sm';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string;
}

/** A labelled line of input. */
export function Field({ label, hint, className, ...input }: FieldProps): ReactElement {
  const id = useId();
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-[13px] font-medium">
        {label}
      </label>
      <input {...input} id={id} aria-describedby={hint ? `${id}-hint` : undefined} className={inputClass} />
      {hint ? (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
