import { type DatabaseHandle, schema, type Transaction } from '@doclight/db';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { slugWithSuffix } from '../common/slug.js';
import { DATABASE } from '../database/database.token.js';
import { type Content, type SourceLayout, sourceLayoutSchema } from './source-layout.js';

const { documents, memberships, users, workspaces } = schema;

/** Text in one statement: indexing it takes the embedded database, and so its server, some 50 ms. */
const STATEMENT_CHARACTERS = 32 * 1024;

/** Somebody who can be named as an author. */
export interface Author {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'owner' | 'editor' | 'viewer';
}

/** A document that a file is, or could be. */
export interface KnownFile extends Content {
  readonly id: string;
  readonly sourcePath: string;
  readonly layout: SourceLayout | null;
}

/** A document, and the file it is written to. */
export interface StoredFile {
  readonly id: string;
  /** Null: made in Doclight. */
  readonly sourcePath: string | null;
  readonly slug: string;
  readonly content: Content;
  readonly layout: SourceLayout | null;
}

/** A new or changed file. */
export interface FileChange {
  readonly path: string;
  readonly content: Content;
  readonly layout: SourceLayout;
  /** Who wrote this version. */
  readonly savedBy: string;
}

/** What is asked of a batch, inside its transaction. */
export interface ImportWriter {
  /** The documents of these paths, by path; one made in Doclight counts as the file `SLUG.md`. */
  known(paths: readonly string[]): Promise<Map<string, KnownFile>>;
  insert(files: readonly FileChange[]): Promise<void>;
  /**
   * Writes over a document; a revision comes of it where people read something else than before.
   * @param authorId the author that the file names; undefined: stays as it is
   */
  update(id: string, file: FileChange, authorId: string | undefined): Promise<void>;
  /** Remembers how a document lies in its file, and changes nothing else. */
  remember(id: string, path: string, layout: SourceLayout): Promise<void>;
}

/** Documents as files. The triggers of the database write revisions and events along with them. */
@Injectable()
export class TransferRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** Everyone in a workspace, those who came first before others. */
  async authors(workspaceId: string): Promise<Author[]> {
    return this.database.db
      .select({ id: users.id, name: users.name, email: users.email, role: memberships.role })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(eq(memberships.workspaceId, workspaceId))
      .orderBy(asc(memberships.createdAt), asc(users.id));
  }

  /** What the files of these paths were when they were last imported: SHA-256, by path. */
  async fileHashes(workspaceId: string, paths: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.db
      .select({
        path: sql<string>`${documents.sourcePath}`,
        hash: sql<string>`${documents.sourceLayout}->>'fileHash'`,
      })
      .from(documents)
      .where(and(eq(documents.workspaceId, workspaceId), inArray(documents.sourcePath, [...paths])));
    return new Map(rows.map(({ path, hash }) => [path, hash]));
  }

  /** Runs one batch in one transaction, while no other import writes to the workspace. */
  async importing<T>(workspaceId: string, work: (writer: ImportWriter) => Promise<T>): Promise<T> {
    return this.database.db.transaction(async (tx) => {
      await tx
        .select({ id: workspaces.id })
        .from(workspaces)
        .where(eq(workspaces.id, workspaceId))
        .for('no key update');
      return work(writerIn(tx, workspaceId));
    });
  }

  /** How many documents there are. */
  async count(workspaceId: string): Promise<number> {
    return this.database.db.$count(documents, eq(documents.workspaceId, workspaceId));
  }

  /** Documents by id, from behind `after` on. */
  async files(workspaceId: string, after: string | undefined, limit: number): Promise<StoredFile[]> {
    const rows = await this.database.db
      .select(columns)
      .from(documents)
      .where(
        and(
          eq(documents.workspaceId, workspaceId),
          after === undefined ? undefined : gt(documents.id, after),
        ),
      )
      .orderBy(asc(documents.id))
      .limit(limit);
    return rows.map(({ id, sourcePath, slug, layout, ...content }) => ({
      id,
      sourcePath,
      slug,
      content,
      layout: layoutOf(layout),
    }));
  }
}

const columns = {
  id: documents.id,
  slug: documents.slug,
  sourcePath: documents.sourcePath,
  layout: documents.sourceLayout,
  title: documents.title,
  abstract: documents.abstract,
  text: documents.text,
};

function writerIn(tx: Transaction, workspaceId: string): ImportWriter {
  const whose = eq(documents.workspaceId, workspaceId);
  return {
    known: async (paths) => {
      const slugs = paths.flatMap((path) => /^([^/]+)\.md$/.exec(path)?.[1] ?? []);
      const made = and(isNull(documents.sourcePath), inArray(documents.slug, slugs));
      const rows = await tx
        .select(columns)
        .from(documents)
        .where(and(whose, or(inArray(documents.sourcePath, [...paths]), made)))
        .for('no key update');
      // One that was imported under a path goes before one that would be exported to it.
      rows.sort((a, b) => Number(a.sourcePath !== null) - Number(b.sourcePath !== null));
      return new Map(
        rows.map(({ slug, sourcePath, layout, ...row }) => {
          const path = sourcePath ?? `${slug}.md`;
          return [path, { ...row, sourcePath: path, layout: layoutOf(layout) }];
        }),
      );
    },
    insert: async (files) => {
      for (const some of inStatements(files)) {
        await tx.insert(documents).values(
          some.map(({ path, content, layout, savedBy }) => ({
            ...content,
            workspaceId,
            slug: slugWithSuffix(content.title, 'document'),
            authorId: savedBy,
            sourcePath: path,
            sourceLayout: layout,
          })),
        );
      }
    },
    update: async (id, { path, content, layout, savedBy }, authorId) => {
      await tx
        .update(documents)
        .set({
          ...content,
          updatedBy: savedBy,
          sourcePath: path,
          sourceLayout: layout,
          ...(authorId === undefined ? {} : { authorId }),
        })
        .where(eq(documents.id, id));
    },
    remember: async (id, path, layout) => {
      await tx.update(documents).set({ sourcePath: path, sourceLayout: layout }).where(eq(documents.id, id));
    },
  };
}

/** Several files a statement, but few enough that the embedded database is not long at one. */
function* inStatements(files: readonly FileChange[]): Generator<FileChange[]> {
  let some: FileChange[] = [];
  let characters = 0;
  for (const file of files) {
    some.push(file);
    characters += file.content.text.length;
    if (characters < STATEMENT_CHARACTERS) continue;
    yield some;
    some = [];
    characters = 0;
  }
  if (some.length > 0) yield some;
}

/** A layout that is not ours, for whatever reason, is none. */
function layoutOf(stored: unknown): SourceLayout | null {
  return stored === null ? null : (sourceLayoutSchema.safeParse(stored).data ?? null);
}
