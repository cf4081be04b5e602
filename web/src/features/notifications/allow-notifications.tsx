'use client';

import { BellPlus } from 'lucide-react';
import { type ReactElement, useEffect, useState } from 'react';
import { toast } from '@/components/toast/toast';
import { iconButtonClass } from '@/components/ui/button-class';
import { messageOf } from '@/lib/api/api-error';
import { cn } from '@/lib/class-names';
import { deviceChanges } from '@/lib/notifications/choice';
import { readEnvironment, supportOf } from '@/lib/notifications/support';
import { useSession } from '@/lib/session/session';
import { useStore } from '@/lib/store';

/** Offers desktop notifications, until the person has decided. It never asks by itself. */
export function AllowNotifications(): ReactElement | null {
  const { user } = useSession();
  const changes = useStore(deviceChanges, (count) => count);
  const [undecided, setUndecided] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the browser is looked at again after each change.
  useEffect(() => {
    const environment = readEnvironment();
    // Without push a tab in the background can still notify.
    const possible = ['ready', 'unsupported'].includes(supportOf(environment));
    setUndecided(environment.permission === 'default' && possible);
  }, [changes]);
  if (!undecided) return null;
  const ask = async (): Promise<void> => {
    // At once: browsers let a page ask only while they handle the click.
    const asked = Notification.requestPermission();
    try {
      const { turnOn } = await import('@/lib/notifications/device');
      await asked;
      const result = await turnOn(user.id);
      if ('device' in result)
        toast.success('You will be told on this device, also while Doclight is closed.');
    } catch (error) {
      const why = error instanceof Error && error.name === 'DeviceError' ? error.message : messageOf(error);
      toast.error('You will be told on this device only while Doclight is open.', { description: why });
    }
  };
  return (
    <button
      type="button"
      aria-label="Allow desktop notifications"
      title="Be told on this device when you look elsewhere, or Doclight is closed"
      className={cn(iconButtonClass, 'hidden sm:inline-flex')}
      onClick={() => void ask()}
    >
      <BellPlus aria-hidden="true" />
    </button>
  );
}
