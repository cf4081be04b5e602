import { rightOfWay } from '../realtime/realtime';
import { useStore } from '../store';
import type { Paused } from './right-of-way';

/** Why a document must not be typed in here; null: it may. */
export function usePaused(documentId: string | undefined): Paused | null {
  return useStore(rightOfWay.paused, (paused) => (paused?.documentId === documentId ? paused : null));
}
