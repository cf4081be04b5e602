import { type DatabaseHandle, schema } from '@doclight/db';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, gt, lt } from 'drizzle-orm';
import type { Session } from '../common/session.js';
import { DATABASE } from '../database/database.token.js';

const { memberships, sessions, users } = schema;

/** Sessions as they are stored: by the hash of their token. */
@Injectable()
export class SessionsRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  async create(id: string, userId: string, expiresAt: Date): Promise<void> {
    await this.database.db.insert(sessions).values({ id, userId, expiresAt });
  }

  /** A session that has not expired, with its person and their roles, in one query. */
  async find(id: string): Promise<Session | null> {
    const rows = await this.database.db
      .select({
        userId: users.id,
        name: users.name,
        color: users.color,
        expiresAt: sessions.expiresAt,
        workspaceId: memberships.workspaceId,
        role: memberships.role,
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .leftJoin(memberships, eq(memberships.userId, users.id))
      .where(and(eq(sessions.id, id), gt(sessions.expiresAt, new Date())));
    const [first] = rows;
    if (!first) return null;
    return {
      id,
      user: { id: first.userId, name: first.name, color: first.color },
      roles: new Map(
        rows.flatMap(({ workspaceId, role }) =>
          workspaceId !== null && role !== null ? [[workspaceId, role] as const] : [],
        ),
      ),
      expiresAt: first.expiresAt,
    };
  }

  async extend(id: string, expiresAt: Date): Promise<void> {
    await this.database.db.update(sessions).set({ expiresAt }).where(eq(sessions.id, id));
  }

  async remove(id: string): Promise<void> {
    await this.database.db.delete(sessions).where(eq(sessions.id, id));
  }

  async removeExpired(): Promise<void> {
    await this.database.db.delete(sessions).where(lt(sessions.expiresAt, new Date()));
  }
}
