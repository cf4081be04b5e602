'use client';

import { usePathname, useRouter } from 'next/navigation';
import { type ReactElement, useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { draftTrouble } from '@/lib/drafts/draft-store';
import { leaveAnyway } from '@/lib/navigation/leave-guard';
import { loginPath } from '@/lib/navigation/safe-path';
import { connectionStore } from '@/lib/realtime/connection';
import { signedOutStore } from '@/lib/session/signed-out';
import { useStore } from '@/lib/store';
import type { SaveState } from './save-state';

interface SaveNoticesProps {
  readonly state: SaveState;
  readonly unsaved: boolean;
  readonly onSaveAsNew: () => void;
}

/** What keeps the document from being saved, and what can be done about it. */
export function SaveNotices({ state, unsaved, onSaveAsNew }: SaveNoticesProps): ReactElement {
  const trouble = useStore(draftTrouble, (value) => value);
  return (
    <>
      {state.waiting ? (
        <Notice tone="info" className="mb-6">
          Offline: will be saved when the connection is back. {trouble ? null : 'You may close this page.'}
        </Notice>
      ) : null}
      <SignedOut refused={state.signedOut} kept={trouble === null} />
      {state.deleted ? (
        <Notice tone="error" className="mb-6">
          <p>This document was deleted meanwhile. What you typed is still here.</p>
          <Button size="sm" className="mt-2" onClick={onSaveAsNew}>
            Keep it as a new document
          </Button>
        </Notice>
      ) : null}
      {state.error ? (
        <Notice tone="error" className="mb-6">
          {state.error}
        </Notice>
      ) : null}
      {trouble && unsaved ? (
        <Notice tone="error" className="mb-6">
          {trouble === 'full'
            ? 'The storage of this browser is full: unsaved changes are only on this page. Save before you leave it.'
            : 'This browser keeps no copy of unsaved changes: they are only on this page. Save before you leave it.'}
        </Notice>
      ) : null}
    </>
  );
}

interface SignedOutProps {
  /** A save was refused for it. */
  readonly refused: boolean;
  readonly kept: boolean;
}

/** The session is over, but not what was typed. */
function SignedOut({ refused, kept }: SignedOutProps): ReactElement | null {
  const router = useRouter();
  const pathname = usePathname();
  const noticed = useStore(signedOutStore, (value) => value);
  const online = useStore(connectionStore, ({ status }) => status === 'online');
  // Signed in again in another tab: the connection is let in again.
  useEffect(() => {
    if (online) signedOutStore.set(false);
  }, [online]);
  useEffect(() => () => signedOutStore.set(false), []);
  if (!refused && !noticed) return null;
  return (
    <Notice tone="error" className="mb-6">
      <p>
        You are signed out.{' '}
        {kept
          ? 'What you typed is kept in this browser: sign in, and it is offered to you here.'
          : 'What you typed is only on this page: sign in in another tab, then save.'}
      </p>
      {kept ? (
        <Button
          size="sm"
          className="mt-2"
          onClick={() => leaveAnyway(() => router.push(loginPath(pathname)))}
        >
          Sign in
        </Button>
      ) : null}
    </Notice>
  );
}
