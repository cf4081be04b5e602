import { randomUUID } from 'node:crypto';
import { type DatabaseHandle, enqueueJobs, schema } from '@doclight/db';
import type { DeliveryReason } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';
import { pushKind } from './notification-jobs.js';
import type { Device } from './telling.repository.js';

const { notificationDeliveries: deliveries, notifications } = schema;

/** Something that no tab has claimed in time. */
export interface Unclaimed {
  readonly id: string;
  readonly userId: string;
  readonly notificationId: string;
  readonly workspaceId: string;
  readonly documentId: string | null;
  readonly read: boolean;
}

/** What becomes of it: pushed to these devices, or nothing more. */
export type Redirection =
  | { readonly offer: Unclaimed; readonly devices: readonly Device[] }
  | { readonly offer: Unclaimed; readonly reason: DeliveryReason };

/** Deliveries that wait for a tab to show them. */
@Injectable()
export class OffersRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** Settles one as delivered, once, until its time is up. */
  async claim(userId: string, id: string): Promise<boolean> {
    const claimed = await this.database.db
      .update(deliveries)
      .set({ state: 'delivered', attempts: 1, settledAt: sql`now()` })
      .where(
        and(
          eq(deliveries.id, id),
          eq(deliveries.userId, userId),
          eq(deliveries.state, 'waiting'),
          ne(deliveries.way, 'push'),
          sql`${deliveries.dueAt} > now()`,
        ),
      )
      .returning({ id: deliveries.id });
    return claimed.length > 0;
  }

  /** Those of a batch whose time is up. */
  async unclaimed(batchId: string): Promise<Unclaimed[]> {
    return this.database.db
      .select({
        id: deliveries.id,
        userId: deliveries.userId,
        notificationId: deliveries.notificationId,
        workspaceId: notifications.workspaceId,
        documentId: notifications.documentId,
        read: sql<boolean>`${notifications.readAt} is not null`,
      })
      .from(deliveries)
      .innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
      .where(
        and(
          eq(deliveries.batchId, batchId),
          eq(deliveries.state, 'waiting'),
          ne(deliveries.way, 'push'),
          sql`${deliveries.dueAt} <= now()`,
        ),
      );
  }

  /** Ends offers, and pushes what is to be pushed in their place. */
  async redirect(redirections: readonly Redirection[]): Promise<void> {
    if (redirections.length === 0) return;
    await this.database.db.transaction(async (tx) => {
      const batchId = randomUUID();
      let pushes = false;
      for (const redirection of redirections) {
        const { offer } = redirection;
        const reason = 'reason' in redirection ? redirection.reason : 'not-shown';
        const ended = await tx
          .update(deliveries)
          .set({ state: 'dropped', reason, settledAt: sql`now()` })
          .where(and(inArray(deliveries.id, [offer.id]), eq(deliveries.state, 'waiting')))
          .returning({ id: deliveries.id });
        if (ended.length === 0 || 'reason' in redirection) continue;
        const { userId, notificationId } = offer;
        await tx.insert(deliveries).values(
          redirection.devices.map(({ id, label }) => ({
            batchId,
            notificationId,
            userId,
            way: 'push' as const,
            state: 'waiting' as const,
            subscriptionId: id,
            label,
          })),
        );
        pushes = true;
      }
      if (pushes) await enqueueJobs(tx, pushKind, [{ payload: { batchId }, key: batchId }]);
    });
  }
}
