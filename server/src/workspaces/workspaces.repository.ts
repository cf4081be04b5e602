import { type DatabaseHandle, schema, type Transaction } from '@doclight/db';
import type { Invitation, InvitationPreview, Member, Role, User } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, gt, lt, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';

const { invitations, memberships, users, workspaces } = schema;

const memberColumns = {
  id: users.id,
  name: users.name,
  color: users.color,
  email: users.email,
  role: memberships.role,
  joinedAt: memberships.createdAt,
};
type MemberRow = { id: string; name: string; color: string; email: string; role: Role; joinedAt: Date };

function toMember({ id, name, color, email, role, joinedAt }: MemberRow): Member {
  return { user: { id, name, color }, email, role, joinedAt: joinedAt.toISOString() };
}

/** How a person who accepts an invitation is known: an account already there, or a new one. */
export type Invitee =
  | { readonly userId: string }
  | { readonly email: string; readonly name: string; readonly color: string; readonly passwordHash: string };

/** What came of an invitation that was accepted. */
export interface Accepted {
  readonly user: User;
  readonly workspaceId: string;
}

/** Workspaces, who is in them, and who is invited. */
@Injectable()
export class WorkspacesRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** Every workspace of the installation. */
  async all(): Promise<{ id: string; slug: string; name: string }[]> {
    return this.database.db
      .select({ id: workspaces.id, slug: workspaces.slug, name: workspaces.name })
      .from(workspaces)
      .orderBy(workspaces.slug);
  }

  async members(workspaceId: string): Promise<Member[]> {
    const rows = await this.database.db
      .select(memberColumns)
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(eq(memberships.workspaceId, workspaceId))
      .orderBy(sql`lower(${users.name})`, users.id);
    return rows.map(toMember);
  }

  /** Changes a role. The last owner stays one. */
  async setRole(
    workspaceId: string,
    userId: string,
    role: Role,
  ): Promise<Member | 'NOT_FOUND' | 'LAST_OWNER'> {
    return this.database.db.transaction(async (tx) => {
      const owners = await this.lockOwners(tx, workspaceId);
      if (role !== 'owner' && owners.length === 1 && owners[0] === userId) return 'LAST_OWNER';
      await tx.update(memberships).set({ role }).where(membership(workspaceId, userId));
      const [row] = await tx
        .select(memberColumns)
        .from(memberships)
        .innerJoin(users, eq(users.id, memberships.userId))
        .where(membership(workspaceId, userId));
      return row ? toMember(row) : 'NOT_FOUND';
    });
  }

  /** Takes someone out of a workspace. The last owner stays. */
  async removeMember(workspaceId: string, userId: string): Promise<'REMOVED' | 'NOT_FOUND' | 'LAST_OWNER'> {
    return this.database.db.transaction(async (tx) => {
      const owners = await this.lockOwners(tx, workspaceId);
      if (owners.length === 1 && owners[0] === userId) return 'LAST_OWNER';
      const removed = await tx
        .delete(memberships)
        .where(membership(workspaceId, userId))
        .returning({ userId: memberships.userId });
      return removed.length > 0 ? 'REMOVED' : 'NOT_FOUND';
    });
  }

  async invitations(workspaceId: string): Promise<Invitation[]> {
    const rows = await this.database.db
      .select({ invitation: invitations, name: users.name, color: users.color })
      .from(invitations)
      .innerJoin(users, eq(users.id, invitations.createdBy))
      .where(and(eq(invitations.workspaceId, workspaceId), gt(invitations.expiresAt, new Date())))
      .orderBy(invitations.createdAt, invitations.id);
    return rows.map(({ invitation, name, color }) => ({
      id: invitation.id,
      role: invitation.role,
      email: invitation.email,
      createdAt: invitation.createdAt.toISOString(),
      expiresAt: invitation.expiresAt.toISOString(),
      createdBy: { id: invitation.createdBy, name, color },
    }));
  }

  async addInvitation(invitation: typeof invitations.$inferInsert): Promise<{ id: string; createdAt: Date }> {
    return this.database.db.transaction(async (tx) => {
      await tx.delete(invitations).where(lt(invitations.expiresAt, new Date()));
      const [row] = await tx
        .insert(invitations)
        .values(invitation)
        .returning({ id: invitations.id, createdAt: invitations.createdAt });
      if (!row) throw new Error('an insert returned nothing');
      return row;
    });
  }

  async removeInvitation(workspaceId: string, id: string): Promise<boolean> {
    const removed = await this.database.db
      .delete(invitations)
      .where(and(eq(invitations.workspaceId, workspaceId), eq(invitations.id, id)))
      .returning({ id: invitations.id });
    return removed.length > 0;
  }

  async previewInvitation(tokenHash: string): Promise<InvitationPreview | null> {
    const [row] = await this.database.db
      .select({
        workspaceName: workspaces.name,
        role: invitations.role,
        email: invitations.email,
        invitedBy: users.name,
      })
      .from(invitations)
      .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
      .innerJoin(users, eq(users.id, invitations.createdBy))
      .where(and(eq(invitations.tokenHash, tokenHash), gt(invitations.expiresAt, new Date())));
    return row ?? null;
  }

  /**
   * Uses an invitation up. Somebody who is a member already keeps the stronger of the two roles.
   * @returns who is in which workspace now, or why nothing was changed
   */
  async accept(
    tokenHash: string,
    invitee: Invitee,
  ): Promise<Accepted | 'INVITATION_INVALID' | 'EMAIL_TAKEN'> {
    return this.database.db.transaction(async (tx) => {
      const [invitation] = await tx
        .select()
        .from(invitations)
        .where(and(eq(invitations.tokenHash, tokenHash), gt(invitations.expiresAt, new Date())))
        .for('update');
      if (!invitation) return 'INVITATION_INVALID';
      const user = await this.accountOf(tx, invitee);
      if (!user) return 'EMAIL_TAKEN';
      await tx
        .insert(memberships)
        .values({ workspaceId: invitation.workspaceId, userId: user.id, role: invitation.role })
        .onConflictDoUpdate({
          target: [memberships.workspaceId, memberships.userId],
          set: {
            role: sql`case
              when ${memberships.role} = 'owner' or excluded.role = 'owner' then 'owner'
              when ${memberships.role} = 'editor' or excluded.role = 'editor' then 'editor'
              else 'viewer' end`,
          },
        });
      await tx.delete(invitations).where(eq(invitations.id, invitation.id));
      return { user, workspaceId: invitation.workspaceId };
    });
  }

  private async accountOf(tx: Transaction, invitee: Invitee) {
    const columns = { id: users.id, name: users.name, color: users.color };
    const [user] =
      'userId' in invitee
        ? await tx.select(columns).from(users).where(eq(users.id, invitee.userId))
        : await tx.insert(users).values(invitee).onConflictDoNothing().returning(columns);
    return user;
  }

  /** Two owners who demote each other at once: the second waits here for the first. */
  private async lockOwners(tx: Transaction, workspaceId: string): Promise<string[]> {
    const rows = await tx
      .select({ userId: memberships.userId })
      .from(memberships)
      .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.role, 'owner')))
      .for('update');
    return rows.map((row) => row.userId);
  }
}

function membership(workspaceId: string, userId: string) {
  return and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId));
}
