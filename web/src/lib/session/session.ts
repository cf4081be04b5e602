import type { Me, Role, User, Workspace } from '@doclight/protocol';
import { createContext, useContext } from 'react';

/** Who is signed in, and the workspace they are looking at. */
export interface Session {
  readonly user: User;
  readonly workspaces: Me['workspaces'];
  /** Null for someone who is in no workspace (any more). */
  readonly workspace: Workspace | null;
  chooseWorkspace(id: string): void;
}

export const SessionContext = createContext<Session | null>(null);

/**
 * The session of the page.
 * @throws outside the signed-in part of the app, which is a mistake in the code
 */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider above it');
  return session;
}

/** The caller's role in a workspace, null for one they are not in. */
export function roleIn(session: Session, workspaceId: string): Role | null {
  return session.workspaces.find((workspace) => workspace.id === workspaceId)?.role ?? null;
}

/** True for those who may change documents. */
export function mayEdit(role: Role | null): boolean {
  return role === 'owner' || role === 'editor';
}
