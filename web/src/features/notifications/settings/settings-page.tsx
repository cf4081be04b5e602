'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { type ReactElement, type ReactNode, useId } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { usePageTitle } from '@/lib/use-page-title';
import { DeviceList } from './device-list';
import { QuietHours } from './quiet-hours';
import { RulesForm } from './rules-form';
import { ThisDevice } from './this-device';

/** Where a person says what they want to hear of, when, and on which devices. */
export function NotificationSettingsPage(): ReactElement {
  usePageTitle('Notifications');
  return (
    <main className="mx-auto w-full max-w-[760px] px-4 pt-5 pb-16 sm:px-6">
      <Link href="/" className={buttonClass({ tone: 'quiet', size: 'sm' }, '-ml-2.5')}>
        <ArrowLeft aria-hidden="true" />
        Documents
      </Link>
      <h1 className="mt-3 text-xl font-semibold tracking-tight">Notifications</h1>
      <p className="mt-1 text-muted">
        The bell keeps everything that concerns you. Here you say what else may reach you, and where.
      </p>
      <Part heading="This device">
        <ThisDevice />
      </Part>
      <Part heading="Your devices" intro="Signing out on a device removes it.">
        <DeviceList />
      </Part>
      <Part heading="What you hear of" intro="Never of what you do yourself.">
        <RulesForm />
      </Part>
      <Part heading="When">
        <QuietHours />
      </Part>
    </main>
  );
}

interface PartProps {
  readonly heading: string;
  readonly intro?: string;
  readonly children: ReactNode;
}

function Part({ heading, intro, children }: PartProps): ReactElement {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-8">
      <h2 id={id} className="text-base font-semibold">
        {heading}
      </h2>
      {intro ? <p className="mt-0.5 text-[13px] text-muted">{intro}</p> : null}
      <div className="mt-3">{children}</div>
    </section>
  );
}
