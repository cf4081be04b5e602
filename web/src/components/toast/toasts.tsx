'use client';

import { type ReactElement, useEffect } from 'react';
import { loadAtFirstUse } from '@/lib/lazy/first-use';
import { lazily } from '@/lib/lazy/lazily';
import { useStore } from '@/lib/store';
import { toasterWanted } from './toast';

const Toaster = lazily(() => import('./toaster').then((module) => module.Toaster));

/** Where messages appear, from the first one on. */
export function Toasts(): ReactElement | null {
  const wanted = useStore(toasterWanted, (value) => value);
  // A message is often about a network that is gone: its code must be there by then.
  useEffect(() => loadAtFirstUse(Toaster.preload), []);
  return wanted ? <Toaster /> : null;
}
