import { type DatabaseHandle, schema, type Transaction } from '@doclight/db';
import type { LeaseRequest } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, gt, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { alias, type PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { DATABASE } from '../database/database.token.js';
import { passLease } from './edit-leases.repository.js';

const { documents, editRequests, memberships, users } = schema;
const askers = alias(users, 'askers');
const asked = alias(users, 'asked');

/** How an open request can end without the lease going over. */
export type EndState = Exclude<LeaseRequest['state'], 'open' | 'accepted'>;

/** What a new request is about. */
export interface NewRequest {
  readonly documentId: string;
  readonly byId: string;
  readonly toId: string;
  readonly kind: LeaseRequest['kind'];
  readonly seconds: number;
}

/** Requests that ended longer ago than this are of no use to anyone. */
const KEPT = sql`interval '1 day'`;

/** Requests as rows. Every change is notified on `doclight_editing`. */
@Injectable()
export class EditRequestsRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  async find(id: string): Promise<LeaseRequest | null> {
    const [row] = await this.select(eq(editRequests.id, id));
    return row ?? null;
  }

  /** The open ones in a document, by or to one person. */
  async openOf(documentId: string, userId: string): Promise<LeaseRequest[]> {
    return this.select(
      and(
        eq(editRequests.documentId, documentId),
        eq(editRequests.state, 'open'),
        or(eq(editRequests.byId, userId), eq(editRequests.toId, userId)),
      ),
    );
  }

  /** Every open one, and those that have ended in the last seconds. */
  async recent(seconds: number): Promise<LeaseRequest[]> {
    return this.select(
      or(
        eq(editRequests.state, 'open'),
        gt(editRequests.endedAt, sql`now() - make_interval(secs => ${seconds})`),
      ),
    );
  }

  /**
   * Opens a request. The one that a person has open in a document stays, but for another person or
   * with a stronger kind it becomes the new one.
   * @returns its id
   */
  async open({ seconds, ...request }: NewRequest): Promise<string> {
    const expiresAt = sql`now() + make_interval(secs => ${seconds})`;
    return this.database.db.transaction(async (tx) => {
      await tx.delete(editRequests).where(lt(editRequests.endedAt, sql`now() - ${KEPT}`));
      const [opened] = await tx
        .insert(editRequests)
        .values({ ...request, expiresAt })
        .onConflictDoUpdate({
          target: [editRequests.documentId, editRequests.byId],
          targetWhere: sql`${editRequests.state} = 'open'`,
          set: { kind: request.kind, toId: request.toId, expiresAt },
          setWhere: sql`${editRequests.toId} <> excluded.to_id or (${editRequests.kind} = 'ask' and excluded.kind = 'take-over')`,
        })
        .returning({ id: editRequests.id });
      if (opened) {
        await notifyRequest(tx, opened.id);
        return opened.id;
      }
      const [known] = await tx
        .select({ id: editRequests.id })
        .from(editRequests)
        .where(
          and(
            eq(editRequests.documentId, request.documentId),
            eq(editRequests.byId, request.byId),
            eq(editRequests.state, 'open'),
          ),
        );
      if (!known) throw new Error('a request that was in the way is gone');
      return known.id;
    });
  }

  /** Ends an open request. @returns false where it was not open any more */
  async end(id: string, state: EndState): Promise<boolean> {
    return this.change(and(eq(editRequests.id, id), eq(editRequests.state, 'open')), {
      state,
      endedAt: sql`now()`,
    });
  }

  /** Ends an `ask` whose time is over. @returns false where it is not, or was not open any more */
  async expire(id: string): Promise<boolean> {
    return this.change(
      and(eq(editRequests.id, id), eq(editRequests.state, 'open'), eq(editRequests.kind, 'ask'), due()),
      { state: 'expired', endedAt: sql`now()` },
    );
  }

  /** Makes a `take-over` an `ask`, with time to answer from now on. */
  async soften(id: string, seconds: number): Promise<boolean> {
    return this.change(
      and(eq(editRequests.id, id), eq(editRequests.state, 'open'), eq(editRequests.kind, 'take-over')),
      { kind: 'ask', expiresAt: sql`now() + make_interval(secs => ${seconds})` },
    );
  }

  /**
   * Grants an open request: the lease goes over.
   * @param how `taken-over`: by a warning whose time is over
   * @returns false where it was not open any more, is not due, or who asked may not edit by now
   */
  async grant(id: string, how: 'handed-over' | 'taken-over'): Promise<boolean> {
    return this.database.db.transaction(async (tx) => {
      const mayEdit = sql`exists (
        select from ${documents} join ${memberships} on ${memberships.workspaceId} = ${documents.workspaceId}
        where ${documents.id} = ${editRequests.documentId} and ${memberships.userId} = ${editRequests.byId}
          and ${inArray(memberships.role, ['owner', 'editor'])})`;
      const overdue = how === 'taken-over' ? and(eq(editRequests.kind, 'take-over'), due()) : undefined;
      const [granted] = await tx
        .update(editRequests)
        .set({ state: 'accepted', endedAt: sql`now()` })
        .where(and(eq(editRequests.id, id), eq(editRequests.state, 'open'), overdue, mayEdit))
        .returning({
          documentId: editRequests.documentId,
          holderId: editRequests.byId,
          fromId: editRequests.toId,
        });
      if (!granted) return false;
      await passLease(tx, { ...granted, how });
      await notifyRequest(tx, id);
      return true;
    });
  }

  private async change(
    which: SQL | undefined,
    set: PgUpdateSetSource<typeof editRequests>,
  ): Promise<boolean> {
    return this.database.db.transaction(async (tx) => {
      const changed = await tx.update(editRequests).set(set).where(which).returning({ id: editRequests.id });
      for (const { id } of changed) await notifyRequest(tx, id);
      return changed.length > 0;
    });
  }

  private select(which: SQL | undefined): Promise<LeaseRequest[]> {
    return this.database.db
      .select({
        requestId: editRequests.id,
        documentId: editRequests.documentId,
        workspaceId: documents.workspaceId,
        slug: documents.slug,
        title: documents.title,
        kind: editRequests.kind,
        state: editRequests.state,
        by: { id: askers.id, name: askers.name, color: askers.color },
        to: { id: asked.id, name: asked.name, color: asked.color },
        secondsLeft: sql<number>`case when ${editRequests.state} = 'open'
          then greatest(0, extract(epoch from ${editRequests.expiresAt} - now()))::float8 else 0 end`,
      })
      .from(editRequests)
      .innerJoin(documents, eq(documents.id, editRequests.documentId))
      .innerJoin(askers, eq(askers.id, editRequests.byId))
      .innerJoin(asked, eq(asked.id, editRequests.toId))
      .where(which)
      .orderBy(editRequests.createdAt);
  }
}

function due(): SQL {
  return sql`${editRequests.expiresAt} <= now()`;
}

/** Tells every gateway when the transaction is committed. */
async function notifyRequest(tx: Transaction, id: string): Promise<void> {
  await tx.execute(sql`select pg_notify('doclight_editing', ${JSON.stringify({ request: id })})`);
}
