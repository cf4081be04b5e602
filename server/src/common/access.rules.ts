import type { Role } from '@doclight/protocol';

const RANK: Readonly<Record<Role, number>> = { viewer: 0, editor: 1, owner: 2 };

/** Whether a role includes what another one may. */
export function hasRole(role: Role | undefined, needed: Role): boolean {
  return role !== undefined && RANK[role] >= RANK[needed];
}

/** Owners delete any document, editors those that they made. */
export function mayDelete(role: Role, userId: string, authorId: string): boolean {
  return role === 'owner' || (role === 'editor' && userId === authorId);
}
