'use client';

import { type ReactElement, useEffect } from 'react';
import { Toaster as SonnerToaster, toast } from 'sonner';
import { toasterArrived } from './toast';

/** The place itself: bottom right, three at most. */
export function Toaster(): ReactElement {
  // After the place's own effect, in which it begins to listen.
  useEffect(() => toasterArrived(toast), []);
  return <SonnerToaster position="bottom-right" visibleToasts={3} gap={8} offset={16} mobileOffset={12} />;
}
