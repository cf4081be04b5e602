import { type ReactElement, useId } from 'react';
import { inputClass } from '@/components/ui/field';
import { cn } from '@/lib/class-names';

interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChange: (value: string) => void;
  readonly className?: string;
}

/** A labelled choice from many, as the system shows it. */
export function SelectField({ label, value, options, onChange, className }: SelectFieldProps): ReactElement {
  const id = useId();
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-[13px] font-medium">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className={cn(inputClass, 'pr-8')}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}
