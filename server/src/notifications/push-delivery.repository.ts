import { type DatabaseHandle, enqueueJobs, schema } from '@doclight/db';
import type { QuietHours } from '@doclight/protocol';
import { type DeliveryReason, noticeText, type PushPayload } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';
import { noticeLink } from './notice-link.js';
import { pushKind } from './notification-jobs.js';
import type { PushTarget } from './push-target.js';

const {
  documents,
  memberships,
  notificationDeliveries: deliveries,
  notifications,
  pushSubscriptions: subscriptions,
  quietHours,
  sessions,
  users,
} = schema;

/** A push that is due, and all that decides whether it is still to be sent. */
export interface DuePush {
  readonly id: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly documentId: string | null;
  /** Those that were made before. */
  readonly attempts: number;
  readonly createdAt: Date;
  /** Null: the device was removed, or its session is over. */
  readonly device: (PushTarget & { readonly id: string }) | null;
  readonly isMember: boolean;
  readonly read: boolean;
  /** Told of a document that is gone by now, and not of its deletion. */
  readonly documentGone: boolean;
  readonly quietHours: QuietHours | null;
  readonly payload: PushPayload;
}

/** What became of a push that was due. */
export type PushSettlement =
  | { readonly id: string; readonly state: 'delivered' }
  | {
      readonly id: string;
      readonly state: 'dropped';
      readonly reason: DeliveryReason;
      readonly tried: boolean;
    }
  | {
      readonly id: string;
      readonly state: 'waiting';
      readonly reason: DeliveryReason;
      readonly delayMs: number;
      readonly tried: boolean;
    };

/** Pushes as rows. Every time is the database's. */
@Injectable()
export class PushDeliveryRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** Pushes of a batch that are due, from behind one of them on, by id. */
  async due(batchId: string, after: string, limit: number): Promise<DuePush[]> {
    const { db } = this.database;
    const rows = await db
      .select({
        id: deliveries.id,
        userId: deliveries.userId,
        attempts: deliveries.attempts,
        createdAt: deliveries.createdAt,
        notice: notifications,
        title: documents.title,
        slug: documents.slug,
        actorName: users.name,
        member: memberships.userId,
        subscription: {
          id: subscriptions.id,
          endpoint: subscriptions.endpoint,
          p256dh: subscriptions.p256dh,
          auth: subscriptions.auth,
        },
        session: sessions.id,
        quiet: { from: quietHours.from, to: quietHours.to, timeZone: quietHours.timeZone },
      })
      .from(deliveries)
      .innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
      .innerJoin(users, eq(users.id, notifications.actorId))
      .leftJoin(documents, eq(documents.id, notifications.documentId))
      .leftJoin(
        memberships,
        and(
          eq(memberships.workspaceId, notifications.workspaceId),
          eq(memberships.userId, deliveries.userId),
        ),
      )
      .leftJoin(
        subscriptions,
        and(eq(subscriptions.id, deliveries.subscriptionId), eq(subscriptions.userId, deliveries.userId)),
      )
      .leftJoin(sessions, and(eq(sessions.id, subscriptions.sessionId), sql`${sessions.expiresAt} > now()`))
      .leftJoin(quietHours, eq(quietHours.userId, deliveries.userId))
      .where(
        and(
          eq(deliveries.batchId, batchId),
          eq(deliveries.state, 'waiting'),
          eq(deliveries.way, 'push'),
          sql`${deliveries.dueAt} <= now()`,
          sql`${deliveries.id} > ${after}`,
        ),
      )
      .orderBy(asc(deliveries.id))
      .limit(limit);
    const unread = await this.unread(rows.map(({ userId }) => userId));
    return rows.map((row): DuePush => {
      const { notice, subscription } = row;
      const { type, documentId, workspaceId } = notice;
      const exists = row.title !== null;
      const documentTitle = documentId === null ? null : (row.title ?? notice.title);
      return {
        id: row.id,
        userId: row.userId,
        workspaceId,
        documentId,
        attempts: row.attempts,
        createdAt: row.createdAt,
        device: subscription && row.session !== null ? subscription : null,
        isMember: row.member !== null,
        read: notice.readAt !== null,
        documentGone: documentId !== null && !exists && type !== 'deleted',
        quietHours: row.quiet,
        payload: {
          userId: row.userId,
          notificationId: notice.id,
          ...noticeText({ type, actorName: row.actorName, documentTitle, count: notice.count }),
          ...noticeLink({ type, workspaceId, documentId, slug: row.slug }),
          at: notice.updatedAt.toISOString(),
          unread: unread.get(row.userId) ?? 0,
        },
      };
    });
  }

  /** Notes what became of some pushes; one that was settled meanwhile stays as it is. */
  async settle(settlements: readonly PushSettlement[]): Promise<void> {
    if (settlements.length === 0) return;
    const values = settlements.map((one) => ({
      id: one.id,
      state: one.state,
      reason: one.state === 'delivered' ? null : one.reason,
      tried: one.state === 'delivered' || one.tried ? 1 : 0,
      delayMs: one.state === 'waiting' ? one.delayMs : 0,
    }));
    await this.database.db.execute(sql`
      update ${deliveries} as delivery set
        state = given.state,
        reason = given.reason,
        attempts = delivery.attempts + given.tried,
        due_at = now() + given."delayMs" * interval '1 millisecond',
        settled_at = case given.state when 'waiting' then null else now() end
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
        as given(id text, state text, reason text, tried int, "delayMs" double precision)
      where delivery.id = given.id and delivery.state = 'waiting'`);
  }

  /** Lets the rest of a batch be sent when the next of it is due. */
  async sendRest(batchId: string): Promise<void> {
    await this.database.db.transaction(async (tx) => {
      const [row] = await tx
        .select({
          ms: sql<number | null>`(extract(epoch from min(${deliveries.dueAt}) - now()) * 1000)::float8`,
        })
        .from(deliveries)
        .where(
          and(eq(deliveries.batchId, batchId), eq(deliveries.state, 'waiting'), eq(deliveries.way, 'push')),
        );
      if (row?.ms == null) return;
      const delayMs = Math.max(0, Math.ceil(row.ms));
      await enqueueJobs(tx, pushKind, [{ payload: { batchId }, key: batchId, delayMs }]);
    });
  }

  private async unread(userIds: readonly string[]): Promise<Map<string, number>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.database.db
      .select({ userId: notifications.userId, unread: count() })
      .from(notifications)
      .where(and(inArray(notifications.userId, [...new Set(userIds)]), isNull(notifications.readAt)))
      .groupBy(notifications.userId);
    return new Map(rows.map(({ userId, unread }) => [userId, unread]));
  }
}
