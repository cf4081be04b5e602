'use client';

import { Popover } from '@base-ui/react/popover';
import { type ReactElement, type ReactNode, useRef, useState } from 'react';
import { cn } from '@/lib/class-names';
import { type Pressed, type TriggerProps, useReplay } from './stand-in';

/** What the content of a popover is given. */
export interface PopoverContent {
  /** The heading, which has the focus first. */
  readonly title: ReactElement;
  readonly close: () => void;
  /** Gives the focus to the heading: what had it is about to go. */
  readonly focusTitle: () => void;
}

interface LoadedPopoverProps {
  readonly trigger: TriggerProps;
  readonly pressed: Pressed;
  readonly heading: string;
  readonly panelClass: string;
  readonly content: (popover: PopoverContent) => ReactNode;
}

/** The popover behind a `PopoverButton`, with its button: it takes the place of the stand-in. */
export function LoadedPopover(props: LoadedPopoverProps): ReactElement {
  const { trigger, pressed, heading, panelClass, content } = props;
  const [open, setOpen] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const replay = useReplay(pressed);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger {...trigger} ref={replay} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" collisionPadding={8} className="z-50">
          <Popover.Popup
            initialFocus={title}
            className={cn('floating rounded-lg bg-surface shadow-float outline-none', panelClass)}
          >
            {content({
              title: (
                <Popover.Title
                  ref={title}
                  tabIndex={-1}
                  className="min-w-0 flex-1 font-semibold outline-none"
                >
                  {heading}
                </Popover.Title>
              ),
              close: () => setOpen(false),
              focusTitle: () => title.current?.focus(),
            })}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
