import { editorHandle } from '@/lib/editing/editor-handle';
import type { Asked } from '@/lib/editing/right-of-way';
import { rightOfWay } from '@/lib/realtime/realtime';
import { reasonOf } from './ask-to-edit';

/**
 * Saves what is typed here, and hands the document over. While that lasts nothing can be typed behind
 * it; where it fails, one types on and nothing is handed over.
 * @returns what went wrong, fit to be shown; null: it has gone over
 */
export async function giveAway({ documentId, requestId, by }: Asked): Promise<string | null> {
  const editor = editorHandle.get();
  rightOfWay.freeze(documentId);
  let failure: string | null = null;
  try {
    const outcome = editor?.documentId === documentId ? await editor.saveAll() : { saved: true as const };
    if (!outcome.saved) failure = `Nothing was handed over to ${by.name}: ${outcome.message}`;
    else await rightOfWay.answer(requestId, true);
  } catch (error) {
    failure = reasonOf(error);
  }
  if (failure !== null) rightOfWay.resume();
  return failure;
}
