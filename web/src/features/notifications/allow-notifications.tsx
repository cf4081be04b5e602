'use client';

import { BellPlus } from 'lucide-react';
import { type ReactElement, useEffect, useState } from 'react';
import { iconButtonClass } from '@/components/ui/button-class';
import { cn } from '@/lib/class-names';
import { notificationPermission } from './desktop';

/** Offers desktop notifications, until the person has decided. It never asks by itself. */
export function AllowNotifications(): ReactElement | null {
  const [undecided, setUndecided] = useState(false);
  useEffect(() => setUndecided(notificationPermission() === 'default'), []);
  if (!undecided) return null;
  const ask = async (): Promise<void> => {
    await Notification.requestPermission().catch(() => undefined);
    setUndecided(notificationPermission() === 'default');
  };
  return (
    <button
      type="button"
      aria-label="Allow desktop notifications"
      title="Be told on the desktop when somebody saves while this tab is hidden"
      className={cn(iconButtonClass, 'hidden sm:inline-flex')}
      onClick={() => void ask()}
    >
      <BellPlus aria-hidden="true" />
    </button>
  );
}
