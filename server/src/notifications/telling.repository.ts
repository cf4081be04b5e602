import { randomUUID } from 'node:crypto';
import { type DatabaseHandle, enqueueJobs, schema, type Transaction } from '@doclight/db';
import type { NotificationType, QuietHours } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { PgInsertValue } from 'drizzle-orm/pg-core';
import { DATABASE } from '../database/database.token.js';
import { FOLD_MS, foldKey } from './folding.rules.js';
import { announceNotices, type Offer } from './notice-news.repository.js';
import { pushKind, unclaimedKind } from './notification-jobs.js';
import type { Way } from './ways.rules.js';

const {
  notificationDeliveries: deliveries,
  notificationFanOuts: fanOuts,
  notifications,
  pushSubscriptions: subscriptions,
  quietHours,
} = schema;

/** A tab has so long to claim what it is offered, in milliseconds. */
const OFFER_MS = 4_000;
/** When it goes another way, in milliseconds: the claim that came last is in the database by then. */
const UNCLAIMED_AFTER_MS = OFFER_MS + 500;

/** Something that people are told of. */
export interface Subject {
  readonly workspaceId: string;
  readonly actorId: string;
  /** Null: many documents at once. */
  readonly document: { readonly id: string; readonly slug: string; readonly title: string } | null;
  readonly at: Date;
}

/** Somebody who is told of it. */
export interface Telling {
  readonly userId: string;
  readonly type: NotificationType;
  /** How often, or of how many documents. */
  readonly count: number;
  readonly way: Way;
}

/** A device that a person is pushed to. */
export interface Device {
  readonly id: string;
  readonly label: string;
}

/** How a person can be told when no page of theirs shows it. */
export interface Contact {
  readonly devices: readonly Device[];
  readonly quietHours: QuietHours | null;
}

/** Where a fan-out stands after some of its people. */
export interface FanOutStep {
  readonly key: string;
  readonly afterUserId: string;
}

/** Writes notices, and what is to become of each, in one transaction. */
@Injectable()
export class TellingRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** Devices and quiet hours of people; who has neither is left out. */
  async contacts(userIds: readonly string[]): Promise<Map<string, Contact>> {
    if (userIds.length === 0) return new Map();
    const { db } = this.database;
    const contacts = new Map<string, { devices: Device[]; quietHours: QuietHours | null }>();
    const of = (userId: string) => {
      const known = contacts.get(userId) ?? { devices: [], quietHours: null };
      contacts.set(userId, known);
      return known;
    };
    const devices = await db
      .select({ userId: subscriptions.userId, id: subscriptions.id, label: subscriptions.label })
      .from(subscriptions)
      .where(inArray(subscriptions.userId, [...userIds]));
    for (const { userId, ...device } of devices) of(userId).devices.push(device);
    const quiet = await db
      .select()
      .from(quietHours)
      .where(inArray(quietHours.userId, [...userIds]));
    for (const { userId, ...hours } of quiet) of(userId).quietHours = hours;
    return contacts;
  }

  /**
   * Tells some people: notices, deliveries, the jobs that send them, and how far the fan-out has come are
   * there together or not at all.
   * @param contacts devices of those that are pushed to
   * @param step undefined: these are all
   */
  async tell(
    subject: Subject,
    tellings: readonly Telling[],
    contacts: ReadonlyMap<string, Contact>,
    step: FanOutStep | undefined,
  ): Promise<void> {
    await this.database.db.transaction(async (tx) => {
      // Another gateway that has the job too, because this one was not heard of, waits here and then stops.
      if (step && !(await advance(tx, step))) return;
      const changed: [string, string][] = [];
      for (const type of new Set(tellings.map((telling) => telling.type))) {
        const some = tellings.filter((telling) => telling.type === type);
        const ids = await upsert(tx, subject, type, some);
        for (const [userId, id] of ids) changed.push([userId, id]);
        await deliver(tx, some, ids, contacts);
      }
      await announceNotices(tx, [{ kind: 'changed', pairs: changed }]);
    });
  }

  /** Until whom a fan-out has come; null: it is over. */
  async progress(key: string): Promise<string | null> {
    const [row] = await this.database.db.select().from(fanOuts).where(eq(fanOuts.key, key));
    if (!row) return '';
    return row.doneAt === null ? row.afterUserId : null;
  }

  async finish(key: string): Promise<void> {
    await this.database.db
      .insert(fanOuts)
      .values({ key, afterUserId: '', doneAt: sql`now()` })
      .onConflictDoUpdate({ target: fanOuts.key, set: { doneAt: sql`now()` } });
  }

  /** Forgets fan-outs that were over before a moment. */
  async prune(before: Date): Promise<void> {
    await this.database.db.delete(fanOuts).where(lt(fanOuts.doneAt, before));
    await this.database.db.delete(deliveries).where(lt(deliveries.createdAt, before));
  }
}

/** @returns false where these people have been told */
async function advance(tx: Transaction, { key, afterUserId }: FanOutStep): Promise<boolean> {
  const moved = await tx
    .insert(fanOuts)
    .values({ key, afterUserId })
    .onConflictDoUpdate({
      target: fanOuts.key,
      set: { afterUserId },
      setWhere: sql`${fanOuts.afterUserId} < ${afterUserId} and ${fanOuts.doneAt} is null`,
    })
    .returning({ key: fanOuts.key });
  return moved.length > 0;
}

/** @returns the notice of each person */
async function upsert(
  tx: Transaction,
  { workspaceId, actorId, document, at }: Subject,
  type: NotificationType,
  tellings: readonly Telling[],
): Promise<Map<string, string>> {
  const key = foldKey(type, workspaceId, document?.id ?? null, actorId);
  const userIds = tellings.map(({ userId }) => userId);
  if (key !== null) {
    await tx
      .update(notifications)
      .set({ foldKey: null })
      .where(
        and(
          inArray(notifications.userId, userIds),
          eq(notifications.foldKey, key),
          lt(notifications.createdAt, new Date(at.getTime() - FOLD_MS)),
        ),
      );
  }
  const rows = await tx
    .insert(notifications)
    .values(
      tellings.map(({ userId, count }) => ({
        userId,
        workspaceId,
        type,
        documentId: document?.id ?? null,
        slug: document?.slug ?? '',
        title: document?.title ?? '',
        actorId,
        count,
        foldKey: key,
        createdAt: at,
        updatedAt: at,
      })),
    )
    .onConflictDoUpdate({
      target: [notifications.userId, notifications.foldKey],
      set: {
        count: sql`${notifications.count} + excluded.count`,
        updatedAt: sql`greatest(${notifications.updatedAt}, excluded.updated_at)`,
        slug: sql`excluded.slug`,
        title: sql`excluded.title`,
        readAt: null,
      },
    })
    .returning({ id: notifications.id, userId: notifications.userId });
  return new Map(rows.map(({ id, userId }) => [userId, id]));
}

async function deliver(
  tx: Transaction,
  tellings: readonly Telling[],
  ids: ReadonlyMap<string, string>,
  contacts: ReadonlyMap<string, Contact>,
): Promise<void> {
  const batchId = randomUUID();
  const offers: Offer[] = [];
  const rows = tellings.flatMap(({ userId, way }): PgInsertValue<typeof deliveries>[] => {
    const notificationId = ids.get(userId);
    if (notificationId === undefined || way.kind === 'nothing') return [];
    const row = { batchId, notificationId, userId, way: way.kind, state: 'waiting' } as const;
    if (way.kind === 'push') {
      const devices = contacts.get(userId)?.devices ?? [];
      return devices.map(({ id, label }) => ({ ...row, subscriptionId: id, label }));
    }
    if (way.kind === 'centre') {
      const settled = { ...row, state: 'dropped', reason: way.reason, settledAt: sql`now()` } as const;
      return way.reason === 'quiet-hours' ? [settled] : [];
    }
    const id = randomUUID();
    offers.push([id, userId, notificationId, way.kind]);
    return [{ ...row, id, dueAt: sql`now() + ${OFFER_MS} * interval '1 millisecond'` }];
  });
  await tx
    .update(deliveries)
    .set({ state: 'dropped', reason: 'superseded', settledAt: sql`now()` })
    .where(and(inArray(deliveries.notificationId, [...ids.values()]), eq(deliveries.state, 'waiting')));
  if (rows.length === 0) return;
  for (let from = 0; from < rows.length; from += 1_000) {
    await tx.insert(deliveries).values(rows.slice(from, from + 1_000));
  }
  if (tellings.some(({ way }) => way.kind === 'push'))
    await enqueueJobs(tx, pushKind, [{ payload: { batchId }, key: batchId }]);
  if (offers.length > 0) {
    await enqueueJobs(tx, unclaimedKind, [
      { payload: { batchId }, key: batchId, delayMs: UNCLAIMED_AFTER_MS },
    ]);
    await announceNotices(tx, [{ kind: 'offered', offers }]);
  }
}
