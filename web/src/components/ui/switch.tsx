'use client';

import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { type ReactElement, useId } from 'react';
import { cn } from '@/lib/class-names';

interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly className?: string;
}

/** On or off, at once: a labelled line with a switch at its end. */
export function Switch({ label, hint, checked, disabled, onChange, className }: SwitchProps): ReactElement {
  const id = useId();
  return (
    <div className={cn('flex items-center gap-4 py-2.5', disabled && 'opacity-55', className)}>
      <div className="min-w-0 flex-1">
        <span id={`${id}-label`} className="block text-sm font-medium">
          {label}
        </span>
        {hint ? (
          <span id={`${id}-hint`} className="block text-[13px] text-muted">
            {hint}
          </span>
        ) : null}
      </div>
      <BaseSwitch.Root
        aria-labelledby={`${id}-label`}
        aria-describedby={hint ? `${id}-hint` : undefined}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="relative inline-flex h-6 w-10 shrink-0 cursor-pointer items-center rounded-full border border-line-strong bg-sunken transition-colors before:absolute before:-inset-2 data-checked:border-accent data-checked:bg-accent data-disabled:cursor-not-allowed"
      >
        <BaseSwitch.Thumb className="ml-0.5 size-4.5 rounded-full bg-muted transition-transform data-checked:translate-x-4 data-checked:bg-accent-fg" />
      </BaseSwitch.Root>
    </div>
  );
}
