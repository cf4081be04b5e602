'use client';

import { usePathname } from 'next/navigation';
import { type ReactElement, type ReactNode, useEffect } from 'react';
import { documentOf } from '@/lib/documents/paths';
import { unsavedStore } from '@/lib/documents/unsaved';
import { useDocument } from '@/lib/documents/use-document';
import { ownPresence } from '@/lib/realtime/realtime';
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
  const editable = document ? mayEdit(roleIn(session, document.workspaceId)) : false;
  const phase = place?.phase === 'edit' && editable ? 'edit' : 'read';
  useEffect(() => {
    if (id !== undefined) ownPresence.enter({ documentId: id, phase, unsaved: phase === 'edit' && unsaved });
  }, [id, phase, unsaved]);
  useEffect(() => (id === undefined ? undefined : () => ownPresence.leave(id)), [id]);
  const { chooseWorkspace, workspace } = session;
  const workspaceId = document?.workspaceId;
  useEffect(() => {
    if (workspaceId !== undefined && workspaceId !== workspace?.id) chooseWorkspace(workspaceId);
  }, [workspaceId, workspace?.id, chooseWorkspace]);
  return <>{children}</>;
}
