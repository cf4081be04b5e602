'use client';

import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement, RefObject } from 'react';
import type { OthersPresence } from '@/lib/presence/others';
import { PeopleList } from './people-list';

interface PeopleTooltipProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly others: OthersPresence;
  readonly open: boolean;
  /** Esc, or a press elsewhere. */
  readonly onClose: () => void;
  /** The pointer is over it, or no longer: it stays for as long as it is read. */
  readonly onHover: (inside: boolean) => void;
}

/** Everyone in a document, beside its label. What it says, the label's description says too. */
export function PeopleTooltip({ anchor, others, open, onClose, onHover }: PeopleTooltipProps): ReactElement {
  return (
    <Tooltip.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={anchor} sideOffset={6} align="start" className="z-50">
          <Tooltip.Popup
            onPointerEnter={() => onHover(true)}
            onPointerLeave={() => onHover(false)}
            className="floating max-w-72 min-w-44 rounded-lg bg-surface p-3 text-[13px] shadow-float"
          >
            <PeopleList others={others} />
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
