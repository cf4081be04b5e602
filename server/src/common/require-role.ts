import type { Role } from '@doclight/protocol';
import { hasRole } from './access.rules.js';
import { notFound, ProblemError } from './problem.js';
import type { Session } from './session.js';

/**
 * The caller's role in a workspace.
 * @param what names what was asked for in the refusal: an outsider learns nothing but that
 * @throws ProblemError NOT_FOUND for outsiders, FORBIDDEN where the role does not suffice
 */
export function requireRole(session: Session, workspaceId: string, needed: Role, what = 'workspace'): Role {
  const role = session.roles.get(workspaceId);
  if (role === undefined) throw notFound(what);
  if (!hasRole(role, needed)) {
    throw new ProblemError(
      'FORBIDDEN',
      `As ${role} of this workspace you may not do that: it takes the role ${needed}.`,
    );
  }
  return role;
}
