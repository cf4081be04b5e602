import type { ReactElement } from 'react';

interface Props {
  label: string;
  value: string;
  onChange(markdown: string): void;
  disabled?: boolean;
  minHeight?: string;
  compact?: boolean;
  onReady?(): void;
}
export function MarkdownEditor({ label, value, onChange, minHeight }: Props): ReactElement {
  return (
    <textarea
      aria-label={label}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
      style={{ minHeight }}
      className="w-full rounded-lg border border-line bg-surface p-3"
    />
  );
}
