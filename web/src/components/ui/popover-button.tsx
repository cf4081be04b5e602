'use client';

import type { ReactElement, ReactNode } from 'react';
import { loadAtFirstUse } from '@/lib/lazy/first-use';
import { lazily } from '@/lib/lazy/lazily';
import type { PopoverContent } from './loaded-popover';
import { StandIn, type TriggerProps } from './stand-in';

const LoadedPopover = lazily(() => import('./loaded-popover').then((module) => module.LoadedPopover));
loadAtFirstUse(LoadedPopover.preload);

interface PopoverButtonProps extends Omit<TriggerProps, 'ref' | 'content'> {
  readonly heading: string;
  /** Of the floating part: its size and padding. */
  readonly panelClass: string;
  /** What floats; a lazy component, so that it comes with the code of popovers. */
  readonly content: (popover: PopoverContent) => ReactNode;
  /** Loads `content`. */
  readonly load: () => Promise<unknown>;
}

/** A button that opens a panel beside it. */
export function PopoverButton(props: PopoverButtonProps): ReactElement {
  const { heading, panelClass, content, load, ...trigger } = props;
  return (
    <StandIn trigger={trigger} popup="dialog" load={() => Promise.all([LoadedPopover.preload(), load()])}>
      {(pressed) => (
        <LoadedPopover
          trigger={trigger}
          pressed={pressed}
          heading={heading}
          panelClass={panelClass}
          content={content}
        />
      )}
    </StandIn>
  );
}
