import { type DatabaseHandle, schema } from '@doclight/db';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, ne, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';

const { notificationDeliveries: deliveries } = schema;

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
}
