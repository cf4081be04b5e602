import type { ReactNode } from 'react';
import type { ExternalToast, toast as sonnerToast } from 'sonner';
import { createStore, type Store } from '@/lib/store';

type Sonner = typeof sonnerToast;

/** True once something was said: the place where toasts appear is then loaded. */
export const toasterWanted: Store<boolean> = createStore(false);

let arrive: (sonner: Sonner) => void = () => undefined;
const arrived = new Promise<Sonner>((resolve) => {
  arrive = resolve;
});

/** The place where toasts appear is on the page: what was said before now shows. */
export function toasterArrived(sonner: Sonner): void {
  arrive(sonner);
}

/** In order, however late the first of them can be shown. */
function tell(say: (sonner: Sonner) => unknown): void {
  toasterWanted.set(true);
  void arrived.then(say);
}

/**
 * Shows a short message. Its code is loaded for the first one: most visits see none. One with the `id` of another
 * takes its place.
 */
export function toast(message: ReactNode, options?: ExternalToast): void {
  tell((sonner) => sonner(message, options));
}

toast.success = (message: ReactNode, options?: ExternalToast): void =>
  tell((sonner) => sonner.success(message, options));

toast.error = (message: ReactNode, options?: ExternalToast): void =>
  tell((sonner) => sonner.error(message, options));

/** Takes a message away. */
toast.dismiss = (id: string): void => {
  if (toasterWanted.get()) tell((sonner) => sonner.dismiss(id));
};
