import { type DatabaseHandle, schema } from '@doclight/db';
import { type Delivery, deliveryReasonSchema, noticeText } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';
import type { NoticeCursor } from './notice-cursor.js';

const {
  documents,
  memberships,
  notificationDeliveries: deliveries,
  notifications,
  pushSubscriptions,
  users,
} = schema;

/** Deliveries as their person reads them. */
@Injectable()
export class DeliveryLogRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  async waiting(): Promise<number> {
    return this.database.db.$count(
      deliveries,
      and(eq(deliveries.state, 'waiting'), eq(deliveries.way, 'push')),
    );
  }

  async devices(): Promise<number> {
    return this.database.db.$count(pushSubscriptions);
  }

  /** Newest first, of notices that the person may still see. */
  async list(
    userId: string,
    deviceId: string | undefined,
    after: NoticeCursor | undefined,
    limit: number,
  ): Promise<Delivery[]> {
    const rows = await this.database.db
      .select({
        delivery: deliveries,
        type: notifications.type,
        count: notifications.count,
        documentId: notifications.documentId,
        lastTitle: notifications.title,
        title: documents.title,
        actorName: users.name,
      })
      .from(deliveries)
      .innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
      .innerJoin(users, eq(users.id, notifications.actorId))
      .innerJoin(
        memberships,
        and(
          eq(memberships.workspaceId, notifications.workspaceId),
          eq(memberships.userId, notifications.userId),
        ),
      )
      .leftJoin(documents, eq(documents.id, notifications.documentId))
      .where(
        and(
          eq(deliveries.userId, userId),
          eq(notifications.userId, userId),
          deviceId === undefined ? undefined : eq(deliveries.subscriptionId, deviceId),
          after &&
            sql`(${deliveries.createdAt}, ${deliveries.id}) < (${after.at.toISOString()}::timestamptz, ${after.id})`,
        ),
      )
      .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
      .limit(limit);
    return rows.map(({ delivery, type, count, documentId, title, lastTitle, actorName }) => ({
      id: delivery.id,
      notificationId: delivery.notificationId,
      title: noticeText({
        type,
        actorName,
        documentTitle: documentId === null ? null : (title ?? lastTitle),
        count,
      }).title,
      way: delivery.way,
      device: delivery.label === null ? null : { id: delivery.subscriptionId, label: delivery.label },
      state: delivery.state,
      reason: deliveryReasonSchema.nullable().catch(null).parse(delivery.reason),
      attempts: delivery.attempts,
      createdAt: delivery.createdAt.toISOString(),
      settledAt: delivery.settledAt?.toISOString() ?? null,
    }));
  }
}
