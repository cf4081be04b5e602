import { type DatabaseHandle, schema, type Transaction } from '@doclight/db';
import type { EditLease, User } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { DATABASE } from '../database/database.token.js';

const { documents, editLeases, users } = schema;
const holders = alias(users, 'holders');
const givers = alias(users, 'givers');

/** A lease as it is stored: whether its holder still edits is not known here. */
export interface StoredLease {
  readonly documentId: string;
  readonly workspaceId: string;
  readonly holder: User | null;
  readonly token: number;
  readonly since: Date;
  readonly how: EditLease['how'];
  readonly from: User | null;
  readonly idleSince: Date | null;
}

/** Leases as rows. Every change is notified on `doclight_editing`. */
@Injectable()
export class EditLeasesRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  async find(documentId: string): Promise<StoredLease | null> {
    const [row] = await this.database.db
      .select({
        documentId: editLeases.documentId,
        workspaceId: documents.workspaceId,
        token: editLeases.token,
        since: editLeases.since,
        how: editLeases.how,
        idleSince: editLeases.idleSince,
        holder: { id: holders.id, name: holders.name, color: holders.color },
        from: { id: givers.id, name: givers.name, color: givers.color },
      })
      .from(editLeases)
      .innerJoin(documents, eq(documents.id, editLeases.documentId))
      .leftJoin(holders, eq(holders.id, editLeases.holderId))
      .leftJoin(givers, eq(givers.id, editLeases.fromId))
      .where(eq(editLeases.documentId, documentId));
    return row ?? null;
  }

  /**
   * Gives the lease to somebody, if it is still as it was seen.
   * @param seenToken the token that it had; null: there was none
   * @returns false where somebody else was faster
   */
  async acquire(documentId: string, userId: string, seenToken: number | null): Promise<boolean> {
    return this.database.db.transaction(async (tx) => {
      const changed =
        seenToken === null
          ? await tx
              .insert(editLeases)
              .values({ documentId, holderId: userId })
              .onConflictDoNothing()
              .returning({ token: editLeases.token })
          : await tx
              .update(editLeases)
              .set({
                holderId: userId,
                token: seenToken + 1,
                since: sql`now()`,
                how: 'acquired',
                fromId: null,
                idleSince: null,
              })
              .where(and(eq(editLeases.documentId, documentId), eq(editLeases.token, seenToken)))
              .returning({ token: editLeases.token });
      if (changed.length > 0) await notifyLease(tx, documentId);
      return changed.length > 0;
    });
  }

  /** Remembers that the holder of a lease has turned idle, or (null) is back. */
  async setIdle(documentId: string, token: number, idleSince: Date | null): Promise<void> {
    await this.database.db.transaction(async (tx) => {
      const changed = await tx
        .update(editLeases)
        .set({ idleSince })
        .where(
          and(
            eq(editLeases.documentId, documentId),
            eq(editLeases.token, token),
            idleSince ? isNull(editLeases.idleSince) : isNotNull(editLeases.idleSince),
          ),
        )
        .returning({ token: editLeases.token });
      if (changed.length > 0) await notifyLease(tx, documentId);
    });
  }
}

/** Gives the lease from one person to another, in a transaction of the caller's. */
export async function passLease(
  tx: Transaction,
  lease: { documentId: string; holderId: string; fromId: string; how: 'handed-over' | 'taken-over' },
): Promise<void> {
  const { documentId, ...given } = lease;
  const values = { ...given, idleSince: null, since: sql`now()` };
  await tx
    .insert(editLeases)
    .values({ documentId, ...values })
    .onConflictDoUpdate({
      target: editLeases.documentId,
      set: { ...values, token: sql`${editLeases.token} + 1` },
    });
  await notifyLease(tx, documentId);
}

/** Tells every gateway when the transaction is committed. */
async function notifyLease(tx: Transaction, documentId: string): Promise<void> {
  await tx.execute(sql`select pg_notify('doclight_editing', ${JSON.stringify({ lease: documentId })})`);
}
