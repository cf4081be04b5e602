'use client';

import { BellOff, BellRing, TriangleAlert } from 'lucide-react';
import { type ReactElement, type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { messageOf } from '@/lib/api/api-error';
import { cn } from '@/lib/class-names';
import { DeviceError, turnOff, turnOn } from '@/lib/notifications/device';
import { useSession } from '@/lib/session/session';
import { SUPPORT_WORDS } from './device-words';
import { useThisDevice } from './use-devices';

/** Whether notices come to this device, and the one click that turns them on. */
export function ThisDevice(): ReactElement {
  const { user } = useSession();
  const device = useThisDevice(user.id);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(failure instanceof DeviceError ? failure.message : messageOf(failure));
    }
    setBusy(false);
  };
  const on = async (): Promise<void> => {
    const result = await turnOn(user.id);
    if ('permission' in result && result.permission === 'default')
      setError('The browser was not allowed to. Turn them on again, and answer its question with “Allow”.');
  };
  const turnOnButton = (text: string): ReactElement => (
    <Button tone="primary" disabled={busy} onClick={() => void run(on)}>
      {busy ? 'Turning on …' : text}
    </Button>
  );
  if (!device) return <div className="skeleton h-26 rounded-lg" />;
  const { support, pages, deviceId } = device;
  if (support !== 'ready') {
    const { heading, help } = SUPPORT_WORDS[support];
    return (
      <Card icon={<TriangleAlert />} heading={heading} tone="off">
        {help}
      </Card>
    );
  }
  const complaint = error ? (
    <Notice tone="error" className="mt-3">
      {error}
    </Notice>
  ) : null;
  if (deviceId !== null && pages)
    return (
      <>
        <Card
          icon={<BellRing />}
          heading="On"
          tone="on"
          action={
            <Button disabled={busy} onClick={() => void run(() => turnOff(user.id))}>
              Turn off
            </Button>
          }
        >
          You are told on this device while you look elsewhere, and also when Doclight is closed.
        </Card>
        {complaint}
      </>
    );
  if (pages)
    return (
      <>
        <Card
          icon={<BellRing />}
          heading="On while Doclight is open"
          tone="on"
          action={
            <div className="flex flex-wrap gap-2">
              {turnOnButton('Also when it is closed')}
              <Button disabled={busy} onClick={() => void run(() => turnOff(user.id))}>
                Turn off
              </Button>
            </div>
          }
        >
          A tab in the background tells you. With no tab open, nothing reaches this device yet.
        </Card>
        {complaint}
      </>
    );
  return (
    <>
      <Card icon={<BellOff />} heading="Off" tone="off" action={turnOnButton('Turn on')}>
        One click, and your browser asks whether Doclight may notify you. You are then told when somebody
        saves a document of yours or mentions you, while you look elsewhere or Doclight is closed. What you
        hear of is your choice, below; signing out ends it.
      </Card>
      {complaint}
    </>
  );
}

interface CardProps {
  readonly icon: ReactNode;
  readonly heading: string;
  readonly tone: 'on' | 'off';
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

function Card({ icon, heading, tone, children, action }: CardProps): ReactElement {
  return (
    <div
      data-device-state={tone}
      className="flex gap-3 rounded-lg border border-line bg-surface p-4 max-sm:flex-col sm:items-center"
    >
      <span
        aria-hidden="true"
        className={cn(
          'flex size-9 shrink-0 items-center justify-center rounded-lg [&_svg]:size-4.5',
          tone === 'on' ? 'bg-accent-soft text-accent' : 'bg-sunken text-muted',
        )}
      >
        {icon}
      </span>
      <div className="min-w-0 flex-1">
        <h3 className="text-sm font-semibold">{heading}</h3>
        <p className="mt-0.5 text-[13px] text-muted">{children}</p>
      </div>
      {action}
    </div>
  );
}
