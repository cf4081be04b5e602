import { CircleAlert, Info } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { cn } from '@/lib/class-names';

interface NoticeProps {
  readonly tone: 'error' | 'info';
  readonly children: ReactNode;
  readonly className?: string;
}

/** A short message in the page; an error is announced at once. */
export function Notice({ tone, children, className }: NoticeProps): ReactElement {
  const Icon = tone === 'error' ? CircleAlert : Info;
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      className={cn(
        'flex items-start gap-2 rounded-lg px-3 py-2.5 text-[13px]',
        tone === 'error' ? 'bg-danger-soft text-danger' : 'bg-accent-soft text-fg',
        className,
      )}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
