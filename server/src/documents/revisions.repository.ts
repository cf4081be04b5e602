import { type DatabaseHandle, schema } from '@doclight/db';
import type { Revision, RevisionSummary } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, lt } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';
import { imageUrlOf } from './image-url.js';

const { documentRevisions, users } = schema;

const summaryColumns = {
  revision: documentRevisions.revision,
  title: documentRevisions.title,
  savedAt: documentRevisions.savedAt,
  restoredFrom: documentRevisions.restoredFrom,
  author: { id: users.id, name: users.name, color: users.color },
};

/** What documents were, save by save. */
@Injectable()
export class RevisionsRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** Newest first. @param before only revisions older than this one */
  async list(documentId: string, before: number | undefined, limit: number): Promise<RevisionSummary[]> {
    const rows = await this.database.db
      .select(summaryColumns)
      .from(documentRevisions)
      .innerJoin(users, eq(users.id, documentRevisions.authorId))
      .where(
        and(
          eq(documentRevisions.documentId, documentId),
          before === undefined ? undefined : lt(documentRevisions.revision, before),
        ),
      )
      .orderBy(desc(documentRevisions.revision))
      .limit(limit);
    return rows.map((row) => ({ ...row, savedAt: row.savedAt.toISOString() }));
  }

  async exists(documentId: string, revision: number): Promise<boolean> {
    const rows = await this.database.db
      .select({ revision: documentRevisions.revision })
      .from(documentRevisions)
      .where(and(eq(documentRevisions.documentId, documentId), eq(documentRevisions.revision, revision)));
    return rows.length > 0;
  }

  async find(documentId: string, revision: number): Promise<Revision | null> {
    const [row] = await this.database.db
      .select({
        ...summaryColumns,
        abstract: documentRevisions.abstract,
        text: documentRevisions.text,
        imageId: documentRevisions.imageId,
      })
      .from(documentRevisions)
      .innerJoin(users, eq(users.id, documentRevisions.authorId))
      .where(and(eq(documentRevisions.documentId, documentId), eq(documentRevisions.revision, revision)));
    if (!row) return null;
    const { imageId, savedAt, ...rest } = row;
    return { ...rest, savedAt: savedAt.toISOString(), imageUrl: imageUrlOf(imageId) };
  }
}
