import type { ReactElement, ReactNode } from 'react';

/** Cards above the page, at its lower edge: in sight wherever one has scrolled, and in nobody's way. */
export function FloatingCards({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-0 z-30 flex flex-col items-center gap-2 p-3 sm:p-4">
      {children}
    </div>
  );
}

interface FloatingCardProps {
  /** Names the card for assistive technology. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Said at once when the card appears. */
  readonly message: ReactNode;
  readonly detail?: ReactNode;
  readonly actions: ReactNode;
}

/** Something to decide on that does not keep one from working on. */
export function FloatingCard({ label, icon, message, detail, actions }: FloatingCardProps): ReactElement {
  return (
    <section
      aria-label={label}
      className="floating fade-in pointer-events-auto flex w-full max-w-[720px] items-center gap-3 rounded-xl bg-surface p-3 shadow-float max-sm:flex-col max-sm:items-stretch sm:pl-4"
    >
      <div className="flex min-w-0 flex-1 items-start gap-3">
        <span className="mt-0.5 shrink-0">{icon}</span>
        <div className="min-w-0 text-sm">
          <p role="alert" className="font-medium">
            {message}
          </p>
          {detail ? <div className="mt-0.5 text-[13px] text-muted">{detail}</div> : null}
        </div>
      </div>
      <div className="flex shrink-0 flex-wrap justify-end gap-2">{actions}</div>
    </section>
  );
}
