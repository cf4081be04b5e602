import type { ReactElement, ReactNode } from 'react';
import { cn } from '@/lib/class-names';

interface SegmentsProps<T extends string> {
  /** What is chosen between, for assistive technology. */
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly text: ReactNode }[];
  readonly onChoose: (value: T) => void;
  readonly className?: string;
}

/** One of a few, all in sight. */
export function Segments<T extends string>(props: SegmentsProps<T>): ReactElement {
  return (
    <fieldset className={cn('flex min-w-0 gap-1 overflow-x-auto rounded-lg bg-sunken p-1', props.className)}>
      <legend className="sr-only">{props.label}</legend>
      {props.choices.map(({ value, text }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === props.value}
          onClick={(event) => {
            // On a narrow screen it may be in sight only in part.
            event.currentTarget.scrollIntoView({ block: 'nearest', inline: 'center' });
            props.onChoose(value);
          }}
          className={cn(
            'inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2 text-[13px] font-medium whitespace-nowrap text-muted transition-colors hover:text-fg sm:px-2.5',
            value === props.value && 'bg-surface text-fg shadow-[0_1px_2px_rgb(0_0_0/0.08)]',
          )}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}
