import { type DatabaseHandle, schema } from '@doclight/db';
import { type NotificationType, notificationTypeSchema, type WatchLevel } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import {
  and,
  asc,
  type Column,
  desc,
  eq,
  gt,
  inArray,
  isNull,
  lte,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';
import { BULK_WINDOW_MS } from './folding.rules.js';
import type { Mentionable } from './mentions.rules.js';
import { announceNotices } from './notice-news.repository.js';
import type { FanOut } from './notification-jobs.js';

const {
  documentEvents: events,
  documentParticipants: participants,
  documentRevisions: revisions,
  documentRules,
  documents,
  memberships,
  notificationRules,
  notifications,
  users,
} = schema;

/** What happened to one document. */
export interface ChangedDocument {
  readonly documentId: string;
  readonly slug: string;
  readonly title: string;
  readonly revision: number;
  readonly at: Date;
}

/** A member, and what they have set for the workspace. */
export interface Member {
  readonly userId: string;
  readonly workspaceLevel: WatchLevel;
  readonly off: readonly NotificationType[];
}

/** So many of the changed documents have this to do with a member. */
export interface Bond {
  readonly userId: string;
  readonly documentLevel: WatchLevel;
  readonly involved: boolean;
  readonly documents: number;
}

/** How far back other changes of the same person are looked for, in rows of the log. */
const LOOK_BACK = 1_000n;

/** Reads what a change was, and whom it may concern. */
@Injectable()
export class FanOutRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** What one person did in one transaction, in its order. */
  async changes(fanOut: FanOut): Promise<ChangedDocument[]> {
    return this.database.db
      .select({
        documentId: events.documentId,
        slug: events.slug,
        title: events.title,
        revision: events.revision,
        at: events.at,
      })
      .from(events)
      .where(changedBy(fanOut))
      .orderBy(asc(events.id));
  }

  /** How many documents that person changed so in the minute up to the end of the transaction, it included. */
  async recently({ xid, workspaceId, type, actorId }: FanOut): Promise<number> {
    const last = sql`(select max(id) from ${events} where xid = ${xid}::xid8)`;
    const end = sql`(select max(at) from ${events} where xid = ${xid}::xid8)`;
    const [row] = await this.database.db
      .select({ documents: sql<number>`count(distinct ${events.documentId})::int` })
      .from(events)
      .where(
        and(
          eq(events.workspaceId, workspaceId),
          sql`${events.id} > ${last} - ${LOOK_BACK}`,
          lte(events.id, last),
          eq(events.type, type),
          eq(events.actorId, actorId),
          sql`${events.at} > ${end} - ${BULK_WINDOW_MS} * interval '1 millisecond'`,
        ),
      );
    return row?.documents ?? 0;
  }

  /**
   * Members whom a change may concern, by id, without the one who did it: those who watch the workspace, have a
   * rule for one of the documents, have touched one, or are mentioned. Of 10,000 members it is a few as a rule.
   * @param of one document, or all of the change
   */
  async members(
    fanOut: FanOut,
    of: { readonly documentId: string } | FanOut,
    mentioned: ReadonlySet<string>,
    after: string,
    limit: number,
  ): Promise<Member[]> {
    const { workspaceId, actorId } = fanOut;
    const ofMember = (table: typeof documentRules | typeof participants) =>
      sql`${memberships.userId} in (select ${table.userId} from ${table} where ${among(of, table.documentId)})`;
    const concerned = or(
      eq(notificationRules.level, 'watch'),
      ofMember(documentRules),
      ofMember(participants),
      mentioned.size > 0 ? inArray(memberships.userId, [...mentioned]) : undefined,
    );
    const rows = await this.selectMembers(
      workspaceId,
      and(ne(memberships.userId, actorId), gt(memberships.userId, after), concerned),
    )
      .orderBy(asc(memberships.userId))
      .limit(limit);
    return toMembers(rows);
  }

  /** Those of some people who are members. */
  async someMembers(workspaceId: string, userIds: readonly string[]): Promise<Member[]> {
    if (userIds.length === 0) return [];
    return toMembers(await this.selectMembers(workspaceId, inArray(memberships.userId, [...userIds])));
  }

  /** What a document is called; null: there is none. */
  async document(id: string): Promise<{ id: string; slug: string; title: string } | null> {
    const [row] = await this.database.db
      .select({ id: documents.id, slug: documents.slug, title: documents.title })
      .from(documents)
      .where(eq(documents.id, id));
    return row ?? null;
  }

  private selectMembers(workspaceId: string, which: SQL | undefined) {
    return this.database.db
      .select({ userId: memberships.userId, level: notificationRules.level, off: notificationRules.off })
      .from(memberships)
      .leftJoin(
        notificationRules,
        and(
          eq(notificationRules.workspaceId, memberships.workspaceId),
          eq(notificationRules.userId, memberships.userId),
        ),
      )
      .where(and(eq(memberships.workspaceId, workspaceId), which));
  }

  /**
   * What members have to do with the changed documents, of those that they have anything to do with.
   * @param of one document, or all of a change
   */
  async bonds(of: { readonly documentId: string } | FanOut, userIds: readonly string[]): Promise<Bond[]> {
    if (userIds.length === 0) return [];
    const { db } = this.database;
    const rules = db
      .select({
        documentId: documentRules.documentId,
        userId: documentRules.userId,
        level: documentRules.level,
      })
      .from(documentRules)
      .where(and(among(of, documentRules.documentId), inArray(documentRules.userId, [...userIds])))
      .as('rules');
    const people = db
      .select({ documentId: participants.documentId, userId: participants.userId })
      .from(participants)
      .where(and(among(of, participants.documentId), inArray(participants.userId, [...userIds])))
      .as('people');
    const userId = sql<string>`coalesce(${rules.userId}, ${people.userId})`;
    const level = sql<WatchLevel>`coalesce(${rules.level}, 'default')`;
    const involved = sql<boolean>`${people.userId} is not null`;
    return db
      .select({ userId, documentLevel: level, involved, documents: sql<number>`count(*)::int` })
      .from(rules)
      .fullJoin(people, and(eq(rules.documentId, people.documentId), eq(rules.userId, people.userId)))
      .groupBy(sql`1, 2, 3`);
  }

  /** A revision’s words and those of the one before it; before the first one there are none. */
  async words(documentId: string, revision: number): Promise<{ before: string; after: string }> {
    const rows = await this.database.db
      .select({ revision: revisions.revision, abstract: revisions.abstract, text: revisions.text })
      .from(revisions)
      .where(and(eq(revisions.documentId, documentId), inArray(revisions.revision, [revision - 1, revision])))
      .orderBy(desc(revisions.revision));
    const of = (wanted: number) => {
      const row = rows.find((one) => one.revision === wanted);
      return row ? `${row.abstract}\n\n${row.text}` : '';
    };
    return { before: of(revision - 1), after: of(revision) };
  }

  /** Everybody of a workspace who can be mentioned. */
  async mentionable(workspaceId: string): Promise<Mentionable[]> {
    return this.database.db
      .select({ id: users.id, name: users.name })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(eq(memberships.workspaceId, workspaceId));
  }

  /** Documents are gone, and everybody was told: what people had to do with them is not needed any more. */
  async forget(documentIds: readonly string[]): Promise<void> {
    await this.database.db.transaction(async (tx) => {
      const ids = [...documentIds];
      // Not where one is there again, from a backup.
      const gone = (id: Column) =>
        and(inArray(id, ids), sql`not exists (select from ${documents} where ${documents.id} = ${id})`);
      await tx.delete(documentRules).where(gone(documentRules.documentId));
      await tx.delete(participants).where(gone(participants.documentId));
    });
  }

  /** Notices of documents that are gone lead nowhere: they count as read. */
  async readNoticesOf(documentIds: readonly string[]): Promise<void> {
    await this.database.db.transaction(async (tx) => {
      const read = await tx
        .update(notifications)
        .set({ readAt: sql`now()` })
        .where(
          and(
            inArray(notifications.documentId, [...documentIds]),
            ne(notifications.type, 'deleted'),
            isNull(notifications.readAt),
          ),
        )
        .returning({ userId: notifications.userId, id: notifications.id });
      const pairs = read.map(({ userId, id }) => [userId, id] as const);
      await announceNotices(tx, [{ kind: 'changed', pairs }]);
    });
  }
}

type MemberRow = { userId: string; level: WatchLevel | null; off: string[] | null };

function toMembers(rows: readonly MemberRow[]): Member[] {
  return rows.map(({ userId, level, off }) => ({
    userId,
    workspaceLevel: level ?? 'default',
    off: notificationTypeSchema.array().parse(off ?? []),
  }));
}

/** Whether a document is that one, or one of those of a change. */
function among(of: { readonly documentId: string } | FanOut, id: Column): SQL {
  return 'documentId' in of
    ? sql`${id} = ${of.documentId}`
    : sql`${id} in (select ${events.documentId} from ${events} where ${changedBy(of)})`;
}

function changedBy({ xid, workspaceId, type, actorId }: FanOut): SQL | undefined {
  return and(
    sql`${events.xid} = ${xid}::xid8`,
    eq(events.workspaceId, workspaceId),
    eq(events.type, type),
    eq(events.actorId, actorId),
  );
}
