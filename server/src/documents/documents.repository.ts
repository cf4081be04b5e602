import { randomUUID } from 'node:crypto';
import { type Database, type DatabaseHandle, schema, type Transaction } from '@doclight/db';
import type { Document, DocumentSummary } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, exists, inArray, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { slugWithSuffix } from '../common/slug.js';
import { DATABASE } from '../database/database.token.js';
import { imageUrlOf, thumbnailsOf } from './image-url.js';
import { holdsLease } from './lease-fence.repository.js';
import type { ListCursor } from './list-cursor.js';

const { documentRevisions, documents, images, thumbnails, users } = schema;
const authors = alias(users, 'authors');
const updaters = alias(users, 'updaters');

const summaryColumns = {
  id: documents.id,
  slug: documents.slug,
  workspaceId: documents.workspaceId,
  title: documents.title,
  abstract: documents.abstract,
  imageId: documents.imageId,
  thumbnailWidths: sql<number[]>`array(select ${thumbnails.width} from ${thumbnails}
    where ${thumbnails.imageId} = ${documents.imageId} order by ${thumbnails.width})`,
  revision: documents.revision,
  createdAt: documents.createdAt,
  updatedAt: documents.updatedAt,
  author: { id: authors.id, name: authors.name, color: authors.color },
  updatedBy: { id: updaters.id, name: updaters.name, color: updaters.color },
};

type SummaryRow = Omit<DocumentSummary, 'imageUrl' | 'thumbnails' | 'createdAt' | 'updatedAt'> & {
  imageId: string | null;
  thumbnailWidths: number[];
  createdAt: Date;
  updatedAt: Date;
};

function toSummary({ imageId, thumbnailWidths, createdAt, updatedAt, ...row }: SummaryRow): DocumentSummary {
  return {
    ...row,
    imageUrl: imageUrlOf(imageId),
    thumbnails: thumbnailsOf(imageId, thumbnailWidths),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function toDocument({ text, ...row }: SummaryRow & { text: string }): Document {
  return { ...toSummary(row), text };
}

/** What people write in a document. */
export interface DocumentContent {
  readonly title: string;
  readonly abstract: string;
  readonly text: string;
}

/** An image as it was uploaded. */
export interface ImageContent {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Of the content, what one save changes; a field that is left out stays. */
export type ContentChange = { readonly [F in keyof DocumentContent]?: DocumentContent[F] | undefined };

/** What one save changes: the content, the image (null: takes it away), or all to what a revision was. */
export type DocumentChange =
  | ContentChange
  | { readonly image: ImageContent | null }
  | { readonly restore: number };

/** Which documents to list. */
export interface ListRequest {
  readonly workspaceId: string;
  /** Words that must all occur, anywhere in title, abstract, text or the author's name. */
  readonly words: readonly string[];
  readonly sort: 'changed' | 'title';
  readonly after: ListCursor | undefined;
  readonly limit: number;
}

/** Documents as rows. The triggers of the database write revisions and events along with them. */
@Injectable()
export class DocumentsRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  async list(request: ListRequest): Promise<DocumentSummary[]> {
    const { workspaceId, words } = request;
    // Looked up first: as a part of the one query they would keep it from using the index of what is written.
    const written = await this.authorsCalled(words, workspaceId);
    const conditions = [
      eq(documents.workspaceId, workspaceId),
      ...words.map((word, i) => contains(word, written[i] ?? [])),
      after(request),
    ];
    const order =
      request.sort === 'changed'
        ? [desc(documents.updatedAt), desc(documents.id)]
        : [inTitleOrder(documents.title), documents.id];
    const rows = await this.select()
      .where(and(...conditions))
      .orderBy(...order)
      .limit(request.limit);
    return rows.map(toSummary);
  }

  /** By id or slug. */
  async find(idOrSlug: string): Promise<Document | null> {
    const [row] = await this.selectWhole()
      .where(or(eq(documents.id, idOrSlug), eq(documents.slug, idOrSlug)))
      .limit(1);
    return row ? toDocument(row) : null;
  }

  /** @param db the transaction to read in, where there is one */
  async summaries(
    ids: readonly string[],
    db: Database | Transaction = this.database.db,
  ): Promise<Map<string, DocumentSummary>> {
    if (ids.length === 0) return new Map();
    const rows = await this.select(db).where(inArray(documents.id, [...ids]));
    return new Map(rows.map((row) => [row.id, toSummary(row)]));
  }

  /** Which workspace a document is in; null: there is no such document. */
  async locate(id: string): Promise<{ workspaceId: string; title: string } | null> {
    const [row] = await this.database.db
      .select({ workspaceId: documents.workspaceId, title: documents.title })
      .from(documents)
      .where(eq(documents.id, id));
    return row ?? null;
  }

  async create(workspaceId: string, authorId: string, content: DocumentContent): Promise<Document> {
    const [row] = await this.database.db
      .insert(documents)
      .values({ ...content, workspaceId, authorId, slug: slugWithSuffix(content.title, 'document') })
      .returning({ id: documents.id });
    const document = row && (await this.find(row.id));
    if (!document) throw new Error('a document that was just made is gone');
    return document;
  }

  /**
   * Saves over one revision and no other.
   * @param lease token of the lease that the person must hold; undefined: none is asked for
   * @returns the document as saved; null when its revision is another one, or it is gone; `fenced` when
   *   the person does not hold that lease
   */
  async save(
    id: string,
    revision: number,
    change: DocumentChange,
    userId: string,
    lease?: number,
  ): Promise<Document | null | 'fenced'> {
    const image = 'image' in change && change.image !== null ? { id: randomUUID(), ...change.image } : null;
    return this.database.db.transaction(async (tx) => {
      if (lease !== undefined && !(await holdsLease(tx, id, lease, userId))) return 'fenced';
      const columns =
        'restore' in change
          ? await contentOf(tx, id, change.restore)
          : 'image' in change
            ? { imageId: image?.id ?? null }
            : change;
      const [saved] = await tx
        .update(documents)
        .set({ ...columns, revision: revision + 1, updatedBy: userId })
        .where(and(eq(documents.id, id), eq(documents.revision, revision)))
        .returning({ id: documents.id });
      if (!saved) return null;
      if (image) await tx.insert(images).values({ ...image, documentId: id });
      if ('restore' in change)
        await tx
          .update(documentRevisions)
          .set({ restoredFrom: change.restore })
          .where(and(eq(documentRevisions.documentId, id), eq(documentRevisions.revision, revision + 1)));
      // Read in the same transaction: the row is locked, so this is what was saved and nothing newer.
      const [row] = await tx
        .select({ ...summaryColumns, text: documents.text })
        .from(documents)
        .innerJoin(authors, eq(authors.id, documents.authorId))
        .innerJoin(updaters, eq(updaters.id, documents.updatedBy))
        .where(eq(documents.id, id));
      return row ? toDocument(row) : null;
    });
  }

  async remove(id: string): Promise<boolean> {
    const removed = await this.database.db
      .delete(documents)
      .where(eq(documents.id, id))
      .returning({ id: documents.id });
    return removed.length > 0;
  }

  /** For each word the ids of a workspace's authors in whose name it is. */
  private async authorsCalled(words: readonly string[], workspaceId: string): Promise<string[][]> {
    if (words.length === 0) return [];
    const isIn = words.map((word) => sql<boolean>`lower(${users.name}) like ${patternOf(word)}`);
    const isAuthor = exists(
      this.database.db
        .select({ one: sql`1` })
        .from(documents)
        .where(and(eq(documents.workspaceId, workspaceId), eq(documents.authorId, users.id))),
    );
    const rows = await this.database.db
      .select({ id: users.id, found: sql<boolean[]>`array[${sql.join(isIn, sql`, `)}]` })
      .from(users)
      .where(and(or(...isIn), isAuthor));
    return words.map((_, i) => rows.flatMap(({ id, found }) => (found[i] ? [id] : [])));
  }

  private select(db: Database | Transaction = this.database.db) {
    return db
      .select(summaryColumns)
      .from(documents)
      .innerJoin(authors, eq(authors.id, documents.authorId))
      .innerJoin(updaters, eq(updaters.id, documents.updatedBy));
  }

  private selectWhole() {
    return this.database.db
      .select({ ...summaryColumns, text: documents.text })
      .from(documents)
      .innerJoin(authors, eq(authors.id, documents.authorId))
      .innerJoin(updaters, eq(updaters.id, documents.updatedBy));
  }
}

/** What a revision held, image included; nothing where there is no such revision. */
async function contentOf(
  tx: Transaction,
  documentId: string,
  revision: number,
): Promise<(DocumentContent & { imageId: string | null }) | undefined> {
  const { title, abstract, text, imageId } = documentRevisions;
  const [content] = await tx
    .select({ title, abstract, text, imageId })
    .from(documentRevisions)
    .where(and(eq(documentRevisions.documentId, documentId), eq(documentRevisions.revision, revision)));
  return content;
}

/** A word in the document, or its author is one of those in whose name it is. The expression has a trigram index. */
function contains(word: string, authorIds: string[]): SQL | undefined {
  return or(
    sql`lower(${documents.title} || ' ' || ${documents.abstract} || ' ' || ${documents.text}) like ${patternOf(word)}`,
    // One parameter, however many they are.
    authorIds.length > 0 ? sql`${documents.authorId} = any(${sql.param(authorIds)}::text[])` : undefined,
  );
}

/** A word anywhere. PostgreSQL makes both sides lower case: JavaScript knows other rules, for Greek and Turkish letters say. */
function patternOf(word: string): SQL {
  return sql`lower(${`%${word.replace(/[\\%_]/g, (special) => `\\${special}`)}%`})`;
}

/** What lies behind the last row of the page before, by the columns that the list is sorted by. */
function after({ sort, after: cursor }: ListRequest): SQL | undefined {
  if (cursor === undefined) return undefined;
  return sort === 'changed'
    ? sql`(${documents.updatedAt}, ${documents.id}) < (${cursor.key}::timestamptz, ${cursor.id})`
    : sql`(${inTitleOrder(documents.title)}, ${documents.id}) > (${inTitleOrder(cursor.key)}, ${cursor.id})`;
}

/**
 * Letters before their case and accents, in the order of Unicode's root collation, which is English too: a browser
 * finds a title's place by `Intl.Collator`. The index on titles has the same expression.
 * @see https://www.postgresql.org/docs/15/collation.html#COLLATION-MANAGING-PREDEFINED-ICU
 */
function inTitleOrder(title: typeof documents.title | string): SQL {
  return sql`${title} collate "und-x-icu"`;
}
