import { type DatabaseHandle, schema } from '@doclight/db';
import type { Workspace } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { eq, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';

const { memberships, settings, users, workspaces } = schema;

/** A new account. `passwordHash` null: it cannot sign in with a password. */
export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly color: string;
  readonly passwordHash: string | null;
}

/** Accounts, and the tokens that allow making the first one. */
@Injectable()
export class UsersRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  async findByEmail(email: string) {
    const [user] = await this.database.db.select().from(users).where(eq(users.email, email.toLowerCase()));
    return user ?? null;
  }

  async workspacesOf(userId: string): Promise<Workspace[]> {
    return this.database.db
      .select({ id: workspaces.id, slug: workspaces.slug, name: workspaces.name, role: memberships.role })
      .from(memberships)
      .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
      .where(eq(memberships.userId, userId))
      .orderBy(workspaces.name, workspaces.id);
  }

  async anyExists(): Promise<boolean> {
    const [someone] = await this.database.db.select({ id: users.id }).from(users).limit(1);
    return someone !== undefined;
  }

  async addSetupToken(tokenHash: string): Promise<void> {
    await this.database.db.insert(settings).values({ key: `setup_token:${tokenHash}`, value: '' });
  }

  /**
   * Makes the first workspace and its owner, once.
   * @returns the new account, or why there is none
   */
  async setUp(
    tokenHash: string,
    owner: NewUser,
    workspace: { slug: string; name: string },
  ): Promise<{ id: string } | 'INVALID_SETUP_TOKEN' | 'ALREADY_SET_UP'> {
    return this.database.db.transaction(async (tx) => {
      // Two people at the same form at once: the second waits here, and then finds an account.
      await tx.execute(sql`lock table ${users} in exclusive mode`);
      const [someone] = await tx.select({ id: users.id }).from(users).limit(1);
      if (someone) return 'ALREADY_SET_UP';
      const [token] = await tx
        .select()
        .from(settings)
        .where(eq(settings.key, `setup_token:${tokenHash}`));
      if (!token) return 'INVALID_SETUP_TOKEN';
      const [user] = await tx.insert(users).values(owner).returning({ id: users.id });
      const [place] = await tx.insert(workspaces).values(workspace).returning({ id: workspaces.id });
      if (!user || !place) throw new Error('an insert returned nothing');
      await tx.insert(memberships).values({ workspaceId: place.id, userId: user.id, role: 'owner' });
      await tx.delete(settings).where(sql`${settings.key} like 'setup\\_token:%'`);
      return user;
    });
  }
}
