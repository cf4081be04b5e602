import { type DatabaseHandle, schema } from '@doclight/db';
import type {
  NotificationSettings,
  NotificationType,
  WatchLevel,
  WorkspaceRule,
  WorkspaceRules,
} from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';
import { ALL_TYPES } from './audience.rules.js';

const { documentParticipants, documentRules, documents, notificationRules, quietHours } = schema;

/** What people have set. What nobody has set has no row. */
@Injectable()
export class NotificationRulesRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  async quietHours(userId: string): Promise<NotificationSettings['quietHours']> {
    const [row] = await this.database.db
      .select({ from: quietHours.from, to: quietHours.to, timeZone: quietHours.timeZone })
      .from(quietHours)
      .where(eq(quietHours.userId, userId));
    return row ?? null;
  }

  async setQuietHours(userId: string, hours: NotificationSettings['quietHours']): Promise<void> {
    const { db } = this.database;
    if (hours === null) await db.delete(quietHours).where(eq(quietHours.userId, userId));
    else
      await db
        .insert(quietHours)
        .values({ userId, ...hours })
        .onConflictDoUpdate({ target: quietHours.userId, set: hours });
  }

  async ofWorkspace(userId: string, workspaceId: string): Promise<WorkspaceRule> {
    const [row] = await this.database.db
      .select({ level: notificationRules.level, off: notificationRules.off })
      .from(notificationRules)
      .where(and(eq(notificationRules.workspaceId, workspaceId), eq(notificationRules.userId, userId)));
    return row
      ? {
          level: row.level,
          types: { ...ALL_TYPES, ...Object.fromEntries(row.off.map((type) => [type, false])) },
        }
      : { level: 'default', types: ALL_TYPES };
  }

  async setForWorkspace(userId: string, workspaceId: string, { level, types }: WorkspaceRule): Promise<void> {
    const off = (Object.keys(types) as NotificationType[]).filter((type) => !types[type]);
    await this.database.db
      .insert(notificationRules)
      .values({ userId, workspaceId, level, off })
      .onConflictDoUpdate({
        target: [notificationRules.workspaceId, notificationRules.userId],
        set: { level, off },
      });
  }

  /** Documents with a rule of their own, by title. */
  async documentsOf(userId: string, workspaceId: string): Promise<WorkspaceRules['documents']> {
    return this.database.db
      .select({ id: documents.id, slug: documents.slug, title: documents.title, level: documentRules.level })
      .from(documentRules)
      .innerJoin(documents, eq(documents.id, documentRules.documentId))
      .where(and(eq(documentRules.workspaceId, workspaceId), eq(documentRules.userId, userId)))
      .orderBy(sql`lower(${documents.title})`, documents.id);
  }

  async ofDocument(userId: string, documentId: string): Promise<{ level: WatchLevel; involved: boolean }> {
    const { db } = this.database;
    const [rule] = await db
      .select({ level: documentRules.level })
      .from(documentRules)
      .where(and(eq(documentRules.documentId, documentId), eq(documentRules.userId, userId)));
    const involved = await db.$count(
      documentParticipants,
      and(eq(documentParticipants.documentId, documentId), eq(documentParticipants.userId, userId)),
    );
    return { level: rule?.level ?? 'default', involved: involved > 0 };
  }

  async setForDocument(
    userId: string,
    workspaceId: string,
    documentId: string,
    level: WatchLevel,
  ): Promise<void> {
    const { db } = this.database;
    if (level === 'default') {
      await db
        .delete(documentRules)
        .where(and(eq(documentRules.documentId, documentId), eq(documentRules.userId, userId)));
      return;
    }
    await db
      .insert(documentRules)
      .values({ userId, workspaceId, documentId, level })
      .onConflictDoUpdate({ target: [documentRules.documentId, documentRules.userId], set: { level } });
  }
}
