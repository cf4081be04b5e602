'use client';

import { usePathname } from 'next/navigation';
import { type ReactElement, type ReactNode, useEffect } from 'react';
import { PresenceAction } from '@/components/presence/presence-action';
import { AskToEdit } from '@/features/hand-over/ask-to-edit';
import { HandOver } from '@/features/hand-over/hand-over';
import { documentOf } from '@/lib/documents/paths';
import { unsavedStore } from '@/lib/documents/unsaved';
import { useDocument } from '@/lib/documents/use-document';
import { usePaused } from '@/lib/editing/use-paused';
import { useReadOnOpening } from '@/lib/notifications/read-notices';
import { ownPresence, rightOfWay } from '@/lib/realtime/realtime';
import { mayEdit, roleIn, useSession } from '@/lib/session/session';
import { useStore } from '@/lib/store';

/**
 * Says that one is in this document, and in which phase. It stays in place between reading and
 * editing, so that a change of phase is one step and never a leave and a return.
 */
export function InDocument({ children }: { readonly children: ReactNode }): ReactElement {
  const session = useSession();
  const place = documentOf(usePathname());
  const { data: document } = useDocument(place?.slug ?? '');
  const unsaved = useStore(unsavedStore, (value) => value);
  const id = document?.id;
  const paused = usePaused(id);
  const editable = document ? mayEdit(roleIn(session, document.workspaceId)) : false;
  // Until it has gone over, a document that is being handed over is still edited here.
  const given = paused !== null && paused.reason !== 'handing-over';
  const phase = place?.phase === 'edit' && editable && !given ? 'edit' : 'read';
  const userId = session.user.id;
  useEffect(() => {
    if (id === undefined) return;
    ownPresence.enter({ documentId: id, phase, unsaved: phase === 'edit' && unsaved });
    rightOfWay.enter({ documentId: id, phase, userId });
  }, [id, phase, unsaved, userId]);
  useEffect(() => {
    if (id === undefined) return;
    return () => {
      ownPresence.leave(id);
      rightOfWay.leave(id);
    };
  }, [id]);
  useReadOnOpening(id);
  const { chooseWorkspace, workspace } = session;
  const workspaceId = document?.workspaceId;
  useEffect(() => {
    if (workspaceId !== undefined && workspaceId !== workspace?.id) chooseWorkspace(workspaceId);
  }, [workspaceId, workspace?.id, chooseWorkspace]);
  const askable = document && editable ? document : null;
  // The same tree whatever one may do: a page that were mounted anew would lose what is typed in it.
  return (
    <PresenceAction value={askable && !given ? <AskToEdit document={askable} /> : null}>
      {children}
      {askable ? <HandOver document={askable} /> : null}
    </PresenceAction>
  );
}
