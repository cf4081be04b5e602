'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { cn } from '@/lib/class-names';
import { buttonClass, iconButtonClass } from './button-class';

const backdropClass = 'backdrop fixed inset-0 z-40 bg-black/40 dark:bg-black/60';
const panelClass =
  'floating fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] max-w-md -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl bg-surface p-5 shadow-float outline-none max-sm:p-4';

interface ModalProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly heading: string;
  /** For texts to compare, as wide as the window allows. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A dialog with a heading; it keeps the focus and gives it back. */
export function Modal({ open, onClose, heading, wide = false, children }: ModalProps): ReactElement {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup className={cn(panelClass, wide && 'max-w-5xl')}>
          <div className="mb-3 flex items-start gap-2">
            <Dialog.Title className="min-w-0 flex-1 text-base font-semibold wrap-break-word">
              {heading}
            </Dialog.Title>
            <Dialog.Close aria-label="Close" className={cn(iconButtonClass, '-mt-1.5 -mr-2')}>
              <X aria-hidden="true" />
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ConfirmProps {
  readonly open: boolean;
  readonly heading: string;
  readonly children: ReactNode;
  /** What the button that goes ahead says. */
  readonly action: string;
  readonly cancel?: string;
  /** Danger where something is lost. */
  readonly tone?: 'danger' | 'primary';
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before something that many will notice, or that cannot be taken back. */
export function Confirm(props: ConfirmProps): ReactElement {
  return (
    <AlertDialog.Root open={props.open} onOpenChange={(next) => (next ? undefined : props.onCancel())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdropClass} />
        <AlertDialog.Popup className={panelClass}>
          <AlertDialog.Title className="text-base font-semibold">{props.heading}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-muted">{props.children}</AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close className={buttonClass({ tone: 'plain' })}>
              {props.cancel ?? 'Cancel'}
            </AlertDialog.Close>
            <button
              type="button"
              className={buttonClass({ tone: props.tone ?? 'danger' })}
              onClick={props.onConfirm}
            >
              {props.action}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
