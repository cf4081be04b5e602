import type { DocumentSummary } from '@doclight/protocol';
import { useEffect } from 'react';
import { startRenaming } from './rename-state';

/** F2 renames the document whose article has the focus, for those who may. */
export function useRenameKey(editable: boolean, find: (id: string) => DocumentSummary | undefined): void {
  useEffect(() => {
    if (!editable) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'F2' || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const { activeElement } = document;
      const id = activeElement?.closest('article')?.getAttribute('data-document-id');
      const summary = id && find(id);
      if (!summary || !(activeElement instanceof HTMLElement)) return;
      event.preventDefault();
      startRenaming(summary, activeElement);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [editable, find]);
}
