import { type DatabaseHandle, schema } from '@doclight/db';
import type { Role } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';

const { memberships, sessions, users } = schema;

/** Somebody to be stored, with a session of their own. */
export interface NewVisitor {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly color: string;
  readonly passwordHash: null;
  /** Hash of the session's token. */
  readonly sessionId: string;
}

/** Accounts, as operators change them. */
@Injectable()
export class AccountsRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** @returns false where the e-mail address is taken, and nothing is changed */
  async add(account: typeof users.$inferInsert, workspaceId: string, role: Role): Promise<boolean> {
    return this.database.db.transaction(async (tx) => {
      const [user] = await tx.insert(users).values(account).onConflictDoNothing().returning({ id: users.id });
      if (!user) return false;
      await tx.insert(memberships).values({ workspaceId, userId: user.id, role });
      return true;
    });
  }

  /**
   * Sets a password and ends the person's sessions; the database tells every gateway.
   * @returns false where there is no such account
   */
  async setPassword(email: string, passwordHash: string): Promise<boolean> {
    return this.database.db.transaction(async (tx) => {
      const [user] = await tx
        .update(users)
        .set({ passwordHash })
        .where(eq(users.email, email))
        .returning({ id: users.id });
      if (!user) return false;
      await tx.delete(sessions).where(eq(sessions.userId, user.id));
      return true;
    });
  }

  /** Makes people who cannot sign in by password, each with a session. */
  async addVisitors(visitors: readonly NewVisitor[], workspaceId: string, expiresAt: Date): Promise<void> {
    await this.database.db.transaction(async (tx) => {
      await tx.insert(users).values(visitors.map(({ sessionId: _, ...user }) => user));
      await tx
        .insert(memberships)
        .values(visitors.map(({ id }) => ({ workspaceId, userId: id, role: 'editor' as const })));
      await tx
        .insert(sessions)
        .values(visitors.map(({ id, sessionId }) => ({ id: sessionId, userId: id, expiresAt })));
    });
  }
}
