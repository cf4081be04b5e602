import type { ReactElement, ReactNode } from 'react';
import { Logo } from '@/components/logo';

interface AuthCardProps {
  readonly heading: string;
  readonly intro?: ReactNode;
  readonly children: ReactNode;
}

/** The quiet frame of the pages before one is signed in. */
export function AuthCard({ heading, intro, children }: AuthCardProps): ReactElement {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2.5 text-[15px] font-semibold tracking-tight">
          <Logo />
          Doclight
        </div>
        <div className="rounded-xl border border-line bg-surface p-6">
          <h1 className="text-lg font-semibold tracking-tight">{heading}</h1>
          {intro ? <p className="mt-1 text-muted">{intro}</p> : null}
          <div className="mt-5">{children}</div>
        </div>
      </div>
    </main>
  );
}
