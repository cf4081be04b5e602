import { type Database, type DatabaseHandle, schema, type Transaction } from '@doclight/db';
import { type Notice, noticeText } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, count, desc, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';
import type { NoticeCursor } from './notice-cursor.js';
import { noticeLink } from './notice-link.js';
import { announceNotices } from './notice-news.repository.js';

const { documents, memberships, notifications, users } = schema;

const columns = {
  id: notifications.id,
  userId: notifications.userId,
  type: notifications.type,
  workspaceId: notifications.workspaceId,
  documentId: notifications.documentId,
  lastSlug: notifications.slug,
  lastTitle: notifications.title,
  slug: documents.slug,
  title: documents.title,
  actor: { id: users.id, name: users.name, color: users.color },
  count: notifications.count,
  createdAt: notifications.createdAt,
  updatedAt: notifications.updatedAt,
  readAt: notifications.readAt,
};

/** A notice, and whose it is. */
export interface OwnedNotice {
  readonly userId: string;
  readonly notice: Notice;
}

/** Which notices to list. */
export interface NoticeListRequest {
  readonly userId: string;
  readonly unreadOnly: boolean;
  readonly after: NoticeCursor | undefined;
  readonly limit: number;
}

/**
 * The notices people find in their centre. Whatever reads them joins the membership: nobody is shown one of
 * a workspace that they are not in.
 */
@Injectable()
export class NoticesRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  async list({ userId, unreadOnly, after, limit }: NoticeListRequest): Promise<Notice[]> {
    const rows = await selectNotices(this.database.db)
      .where(
        and(
          eq(notifications.userId, userId),
          unreadOnly ? isNull(notifications.readAt) : undefined,
          after &&
            sql`(${notifications.updatedAt}, ${notifications.id}) < (${after.at.toISOString()}::timestamptz, ${after.id})`,
        ),
      )
      .orderBy(desc(notifications.updatedAt), desc(notifications.id))
      .limit(limit);
    return rows.map((row) => toOwned(row).notice);
  }

  /** By id; those that are gone, or not for their person any more, are left out. */
  async byIds(ids: readonly string[]): Promise<OwnedNotice[]> {
    if (ids.length === 0) return [];
    const rows = await selectNotices(this.database.db).where(inArray(notifications.id, [...ids]));
    return rows.map(toOwned);
  }

  /** How many each of some people has not read; who has none is left out. */
  async unread(userIds: readonly string[]): Promise<Map<string, number>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.database.db
      .select({ userId: notifications.userId, unread: count() })
      .from(notifications)
      .where(and(inArray(notifications.userId, [...userIds]), isNull(notifications.readAt)))
      .groupBy(notifications.userId);
    return new Map(rows.map(({ userId, unread }) => [userId, unread]));
  }

  /** Marks one as read or not. @returns whether there is such a notice of that person */
  async setRead(userId: string, id: string, read: boolean): Promise<boolean> {
    return this.database.db.transaction(async (tx) => {
      const [row] = await tx
        .update(notifications)
        .set({ readAt: read ? sql`coalesce(${notifications.readAt}, now())` : null })
        .where(and(eq(notifications.userId, userId), eq(notifications.id, id)))
        .returning({ id: notifications.id });
      if (!row) return false;
      await announceNotices(tx, [{ kind: 'changed', pairs: [[userId, id]] }]);
      return true;
    });
  }

  /** Marks a person's notices as read: of these ids, of a document, or all. */
  async markRead(
    userId: string,
    which: { readonly ids: readonly string[] } | { readonly documentId: string } | 'all',
  ): Promise<void> {
    await this.database.db.transaction(async (tx) => {
      const read = await tx
        .update(notifications)
        .set({ readAt: sql`now()` })
        .where(and(eq(notifications.userId, userId), isNull(notifications.readAt), chosen(which)))
        .returning({ id: notifications.id });
      if (read.length === 0) return;
      const ids = which === 'all' ? null : read.map(({ id }) => id);
      await announceNotices(tx, [{ kind: 'read', userId, ids }]);
    });
  }

  /** Removes what is older than a moment. @returns how many */
  async prune(before: Date): Promise<number> {
    const removed = await this.database.db
      .delete(notifications)
      .where(lt(notifications.updatedAt, before))
      .returning({ id: notifications.id });
    return removed.length;
  }
}

function chosen(
  which: { readonly ids: readonly string[] } | { readonly documentId: string } | 'all',
): SQL | undefined {
  if (which === 'all') return undefined;
  return 'ids' in which
    ? inArray(notifications.id, [...which.ids])
    : eq(notifications.documentId, which.documentId);
}

function selectNotices(db: Database | Transaction) {
  return db
    .select(columns)
    .from(notifications)
    .innerJoin(users, eq(users.id, notifications.actorId))
    .innerJoin(
      memberships,
      and(
        eq(memberships.workspaceId, notifications.workspaceId),
        eq(memberships.userId, notifications.userId),
      ),
    )
    .leftJoin(documents, eq(documents.id, notifications.documentId));
}

type NoticeRow = Awaited<ReturnType<typeof selectNotices>>[number];

function toOwned(row: NoticeRow): OwnedNotice {
  const exists = row.title !== null;
  const documentTitle = row.documentId === null ? null : (row.title ?? row.lastTitle);
  const slug = row.slug ?? row.lastSlug;
  const { id, type, workspaceId, actor, count } = row;
  return {
    userId: row.userId,
    notice: {
      id,
      type,
      workspaceId,
      document:
        row.documentId === null || documentTitle === null
          ? null
          : { id: row.documentId, slug, title: documentTitle, exists },
      actor,
      count,
      ...noticeText({ type, actorName: actor.name, documentTitle, count }),
      ...noticeLink({ type, workspaceId, documentId: row.documentId, slug: row.slug }),
      read: row.readAt !== null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    },
  };
}
