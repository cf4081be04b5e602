import { type Database, type DatabaseHandle, schema, type Transaction } from '@doclight/db';
import type { WorkspaceEvent } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, desc, eq, gt, inArray, ne, or, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';
import { DocumentsRepository } from './documents.repository.js';

const { documentEvents, users } = schema;

const eventColumns = {
  id: documentEvents.id,
  type: documentEvents.type,
  workspaceId: documentEvents.workspaceId,
  documentId: documentEvents.documentId,
  slug: documentEvents.slug,
  title: documentEvents.title,
  revision: documentEvents.revision,
  at: documentEvents.at,
  actor: { id: users.id, name: users.name, color: users.color },
};

interface EventRow {
  id: bigint;
  type: 'created' | 'saved' | 'deleted';
  workspaceId: string;
  documentId: string;
  slug: string;
  title: string;
  revision: number;
  at: Date;
  actor: { id: string; name: string; color: string };
}

/** What a tail has read: everything below `horizon`, and of what lies above it the events in `seen`. */
export interface TailPosition {
  /** Oldest transaction that was still running at the last look, as decimal text. */
  readonly horizon: string;
  readonly seen: ReadonlySet<bigint>;
}

/** The event log: what happened to documents, by whomever. */
@Injectable()
export class DocumentEventsRepository {
  constructor(
    @Inject(DATABASE) private readonly database: DatabaseHandle,
    private readonly documents: DocumentsRepository,
  ) {}

  /** Where a tail begins that wants to hear of everything from now on. */
  async tailPosition(): Promise<TailPosition> {
    const { horizon, rows } = await this.above();
    return { horizon, seen: new Set(rows.map((row) => row.id)) };
  }

  /**
   * Reads on from a position. A transaction can commit after a later one did, so ids alone do not
   * tell what is new: everything from the oldest transaction that was running at the last look is
   * read again, and what has been seen is left out.
   * @returns what is new, by id and oldest first: one transaction can bring any number
   * @see https://www.postgresql.org/docs/15/functions-info.html#FUNCTIONS-PG-SNAPSHOT
   */
  async readOn(position: TailPosition): Promise<{ fresh: bigint[]; position: TailPosition }> {
    const { horizon, rows } = await this.above(position.horizon);
    const fresh = rows.filter((row) => !position.seen.has(row.id));
    const stillOpen = rows.filter((row) => BigInt(row.xid) >= BigInt(horizon));
    return {
      fresh: fresh.map((row) => row.id),
      position: { horizon, seen: new Set(stillOpen.map((row) => row.id)) },
    };
  }

  /** Events by id, oldest first. @param ids not more than the database takes parameters: some thousands */
  async find(ids: readonly bigint[]): Promise<WorkspaceEvent[]> {
    const rows = await this.database.db
      .select(eventColumns)
      .from(documentEvents)
      .innerJoin(users, eq(users.id, documentEvents.actorId))
      .where(inArray(documentEvents.id, [...ids]))
      .orderBy(asc(documentEvents.id));
    return this.toWire(rows);
  }

  /**
   * What a client that knows `after` may have missed, oldest first. Events of transactions that
   * ran beside that one come as well, for they may have become visible later.
   */
  async list(
    workspaceId: string,
    after: bigint,
    limit: number,
  ): Promise<{ events: WorkspaceEvent[]; known: boolean; lastEventId: bigint; more: boolean }> {
    return this.database.db.transaction(
      async (tx) => {
        const [known] = await tx
          .select({ xid: documentEvents.xid, horizon: documentEvents.horizon })
          .from(documentEvents)
          .where(and(eq(documentEvents.workspaceId, workspaceId), eq(documentEvents.id, after)));
        const beside =
          known &&
          and(
            sql`${documentEvents.xid} >= ${known.horizon}::xid8`,
            sql`${documentEvents.xid} <> ${known.xid}::xid8`,
            ne(documentEvents.id, after),
          );
        const rows = await tx
          .select(eventColumns)
          .from(documentEvents)
          .innerJoin(users, eq(users.id, documentEvents.actorId))
          .where(and(eq(documentEvents.workspaceId, workspaceId), or(gt(documentEvents.id, after), beside)))
          .orderBy(asc(documentEvents.id))
          .limit(limit + 1);
        const page = rows.slice(0, limit);
        const [newest] = await tx
          .select({ id: documentEvents.id })
          .from(documentEvents)
          .where(eq(documentEvents.workspaceId, workspaceId))
          .orderBy(desc(documentEvents.id))
          .limit(1);
        const more = rows.length > limit;
        return {
          events: await this.toWire(page, tx),
          known: known !== undefined,
          lastEventId: more ? (page.at(-1)?.id ?? after) : (newest?.id ?? 0n),
          more,
        };
      },
      // One snapshot: an event that came between two looks would be counted as told, and never told.
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    );
  }

  /**
   * The current horizon, and the events of transactions from `from` on (without it: from the
   * horizon on), in one snapshot.
   */
  private async above(from?: string): Promise<{ horizon: string; rows: { id: bigint; xid: string }[] }> {
    return this.database.db.transaction(
      async (tx) => {
        const [snapshot] = await tx
          .select({ horizon: sql<string>`pg_snapshot_xmin(pg_current_snapshot())::text` })
          .from(sql`(values (1)) as one`);
        if (!snapshot) throw new Error('a select without a condition returned nothing');
        const rows = await tx
          .select({ id: documentEvents.id, xid: sql<string>`${documentEvents.xid}::text` })
          .from(documentEvents)
          .where(sql`${documentEvents.xid} >= ${from ?? snapshot.horizon}::xid8`)
          .orderBy(asc(documentEvents.id));
        return { horizon: snapshot.horizon, rows };
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    );
  }

  private async toWire(
    rows: readonly EventRow[],
    db: Database | Transaction = this.database.db,
  ): Promise<WorkspaceEvent[]> {
    const created = rows.filter((row) => row.type === 'created').map((row) => row.documentId);
    const summaries = await this.documents.summaries(created, db);
    return rows.flatMap((row): WorkspaceEvent[] => {
      const eventId = String(row.id);
      const { documentId, workspaceId } = row;
      if (row.type === 'deleted') return [{ type: 'document:deleted', eventId, documentId, workspaceId }];
      if (row.type === 'saved') {
        const { slug, title, revision, actor, at } = row;
        const savedAt = at.toISOString();
        return [
          {
            type: 'document:saved',
            eventId,
            documentId,
            workspaceId,
            slug,
            title,
            revision,
            savedBy: actor,
            savedAt,
          },
        ];
      }
      const document = summaries.get(documentId);
      // Deleted since: the event of that follows.
      return document ? [{ type: 'document:created', eventId, document }] : [];
    });
  }
}
