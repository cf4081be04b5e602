'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog } from '@base-ui/react/dialog';
import type { ReactElement, ReactNode } from 'react';
import { buttonClass } from './button-class';

const backdropClass = 'backdrop fixed inset-0 z-40 bg-black/40 dark:bg-black/60';
const panelClass =
  'floating fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] max-w-md -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl bg-surface p-5 shadow-float outline-none';

interface ModalProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly heading: string;
  readonly children: ReactNode;
}

/** A dialog with a heading; it keeps the focus and gives it back. */
export function Modal({ open, onClose, heading, children }: ModalProps): ReactElement {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup className={panelClass}>
          <Dialog.Title className="mb-3 text-base font-semibold">{heading}</Dialog.Title>
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
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before something that cannot be taken back. */
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
            <button type="button" className={buttonClass({ tone: 'danger' })} onClick={props.onConfirm}>
              {props.action}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
