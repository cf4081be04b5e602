import { type DatabaseHandle, schema } from '@doclight/db';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, gt, lt, sql } from 'drizzle-orm';
import type { Session } from '../common/session.js';
import { DATABASE } from '../database/database.token.js';

const { memberships, sessions, users } = schema;

/**
 * The look-up of a session, put together once: everybody who connects asks for it, and to put a query together takes
 * as long as to send it. Without a name: a statement that the server keeps is not for every pooler between.
 */
function prepareLookUp({ db }: DatabaseHandle) {
  const now = sql.param(sql.placeholder('now'), sessions.expiresAt);
  return db
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
    .where(and(eq(sessions.id, sql.placeholder('id')), gt(sessions.expiresAt, now)))
    .prepare('');
}

/** Sessions as they are stored: by the hash of their token. */
@Injectable()
export class SessionsRepository {
  private readonly lookUp: ReturnType<typeof prepareLookUp>;

  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {
    this.lookUp = prepareLookUp(database);
  }

  async create(id: string, userId: string, expiresAt: Date): Promise<void> {
    await this.database.db.insert(sessions).values({ id, userId, expiresAt });
  }

  /** A session that has not expired, with its person and their roles, in one query. */
  async find(id: string): Promise<Session | null> {
    const rows = await this.lookUp.execute({ id, now: new Date() });
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
