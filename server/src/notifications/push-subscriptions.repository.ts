import { type DatabaseHandle, schema } from '@doclight/db';
import { MAX_PUSH_DEVICES, type PushDevice } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';
import type { PushOutcome } from './push-outcome.rules.js';

const { pushSubscriptions: subscriptions, sessions } = schema;

/** A subscription as a browser makes it. */
export interface NewSubscription {
  readonly userId: string;
  readonly sessionId: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly label: string;
  /** The endpoint that it takes the place of. */
  readonly replaces: string | undefined;
}

/** What came of a push to a device. */
export interface DeviceOutcome {
  readonly subscriptionId: string;
  readonly outcome: PushOutcome;
}

/** The browsers that people are pushed notices to. They go with the session they were made in. */
@Injectable()
export class PushSubscriptionsRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** Newest first. @param sessionId of who asks, to tell the device in front of them */
  async list(userId: string, sessionId: string): Promise<PushDevice[]> {
    const rows = await this.database.db
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.userId, userId))
      .orderBy(desc(subscriptions.createdAt), desc(subscriptions.id));
    return rows.map((row) => ({
      id: row.id,
      label: row.label,
      current: row.sessionId === sessionId,
      createdAt: row.createdAt.toISOString(),
      lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
      lastFailureAt: row.lastFailureAt?.toISOString() ?? null,
      lastFailure: row.lastFailure,
    }));
  }

  /**
   * Stores a subscription, or renews it. A subscription of somebody else with that endpoint is removed and
   * not changed: what waits to be pushed to it is theirs.
   * @returns its id; empty where the session has ended
   */
  async save({ replaces, ...subscription }: NewSubscription): Promise<string> {
    const { userId, sessionId, endpoint } = subscription;
    return this.database.db.transaction(async (tx) => {
      const [session] = await tx
        .select({ id: sessions.id })
        .from(sessions)
        .where(eq(sessions.id, sessionId))
        .for('key share');
      if (!session) return '';
      await tx
        .delete(subscriptions)
        .where(and(eq(subscriptions.endpoint, endpoint), ne(subscriptions.userId, userId)));
      if (replaces !== undefined && replaces !== endpoint) {
        await tx
          .delete(subscriptions)
          .where(and(eq(subscriptions.endpoint, replaces), eq(subscriptions.userId, userId)));
      }
      // A browser profile signs in once: an older endpoint of this session is no longer listened to.
      await tx
        .delete(subscriptions)
        .where(and(eq(subscriptions.sessionId, sessionId), ne(subscriptions.endpoint, endpoint)));
      const [row] = await tx
        .insert(subscriptions)
        .values(subscription)
        .onConflictDoUpdate({
          target: subscriptions.endpoint,
          set: { sessionId, p256dh: subscription.p256dh, auth: subscription.auth, label: subscription.label },
        })
        .returning({ id: subscriptions.id });
      const devices = await tx
        .select({ id: subscriptions.id })
        .from(subscriptions)
        .where(eq(subscriptions.userId, userId))
        .orderBy(sql`${subscriptions.id} = ${row?.id ?? ''} desc`, desc(subscriptions.createdAt));
      const surplus = devices.slice(MAX_PUSH_DEVICES).map(({ id }) => id);
      if (surplus.length > 0) await tx.delete(subscriptions).where(inArray(subscriptions.id, surplus));
      return row?.id ?? '';
    });
  }

  async remove(userId: string, id: string): Promise<boolean> {
    const removed = await this.database.db
      .delete(subscriptions)
      .where(and(eq(subscriptions.userId, userId), eq(subscriptions.id, id)))
      .returning({ id: subscriptions.id });
    return removed.length > 0;
  }

  /** Where to push to for one device of a person; undefined: they have no such device. */
  async target(userId: string, id: string) {
    const [row] = await this.database.db
      .select({
        endpoint: subscriptions.endpoint,
        p256dh: subscriptions.p256dh,
        auth: subscriptions.auth,
      })
      .from(subscriptions)
      .where(and(eq(subscriptions.userId, userId), eq(subscriptions.id, id)));
    return row;
  }

  /** Notes when devices were reached and when not, and removes those that are gone. */
  async record(outcomes: readonly DeviceOutcome[]): Promise<void> {
    const idsOf = (fits: (outcome: PushOutcome) => boolean) =>
      outcomes.filter(({ outcome }) => fits(outcome)).map(({ subscriptionId }) => subscriptionId);
    const { db } = this.database;
    const sent = idsOf(({ kind }) => kind === 'sent');
    if (sent.length > 0) {
      await db
        .update(subscriptions)
        .set({ lastSuccessAt: sql`now()` })
        .where(inArray(subscriptions.id, sent));
    }
    const gone = idsOf(({ kind }) => kind === 'gone');
    if (gone.length > 0) await db.delete(subscriptions).where(inArray(subscriptions.id, gone));
    const reasons = new Set(
      outcomes.flatMap(({ outcome }) =>
        outcome.kind === 'refused' || outcome.kind === 'later' ? [outcome.reason] : [],
      ),
    );
    for (const reason of reasons) {
      const failed = idsOf(
        (outcome) => outcome.kind !== 'sent' && outcome.kind !== 'gone' && outcome.reason === reason,
      );
      await db
        .update(subscriptions)
        .set({ lastFailureAt: sql`now()`, lastFailure: reason })
        .where(inArray(subscriptions.id, failed));
    }
  }
}
