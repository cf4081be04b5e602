import type { ReactElement, ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly heading: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** What a place says when there is nothing in it, or when it could not be loaded. */
export function EmptyState({ icon, heading, children, action }: EmptyStateProps): ReactElement {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-2 px-4 py-16 text-center">
      <div
        aria-hidden="true"
        className="mb-2 flex size-11 items-center justify-center rounded-xl border border-line bg-surface text-muted [&_svg]:size-5"
      >
        {icon}
      </div>
      <h2 className="text-[15px] font-semibold">{heading}</h2>
      {children ? <div className="text-muted">{children}</div> : null}
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  );
}
