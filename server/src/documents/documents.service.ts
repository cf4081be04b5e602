import {
  type Document,
  type DocumentCreateBody,
  type DocumentList,
  type DocumentListQuery,
  type Revision,
  type RevisionSummary,
  type Role,
} from '@doclight/protocol';
import { Injectable } from '@nestjs/common';
import { mayDelete } from '../common/access.rules.js';
import { notFound, ProblemError } from '../common/problem.js';
import { requireRole } from '../common/require-role.js';
import type { Session } from '../common/session.js';
import {
  type ContentChange,
  type DocumentChange,
  DocumentsRepository,
  type ImageContent,
} from './documents.repository.js';
import { leaseOf, revisionsOf } from './if-match.js';
import { ImagesRepository } from './images.repository.js';
import { decodeCursor, encodeCursor } from './list-cursor.js';
import { RevisionsRepository } from './revisions.repository.js';

/** What a save started from. */
export interface StartedFrom {
  /** Revisions that the caller accepts as that one. */
  readonly revisions: readonly number[];
  /** Token of the lease under which it was written, if any: it must be the one that counts now. */
  readonly lease: number | undefined;
}

/** Documents, as far as the caller may see and change them. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly documents: DocumentsRepository,
    private readonly revisions: RevisionsRepository,
    private readonly images: ImagesRepository,
  ) {}

  /** @throws ProblemError NOT_FOUND, INVALID_QUERY */
  async list(session: Session, workspaceId: string, query: DocumentListQuery): Promise<DocumentList> {
    requireRole(session, workspaceId, 'viewer');
    const { sort, limit } = query;
    const documents = await this.documents.list({
      workspaceId,
      words: [...new Set(query.query.split(/\s+/).filter((word) => word !== ''))],
      sort,
      after: decodeCursor(query.cursor, sort),
      limit: limit + 1,
    });
    const page = documents.slice(0, limit);
    const last = page.at(-1);
    const nextCursor =
      last && documents.length > limit
        ? encodeCursor({ sort, key: sort === 'changed' ? last.updatedAt : last.title, id: last.id })
        : null;
    return { documents: page, nextCursor };
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN */
  async create(session: Session, workspaceId: string, body: DocumentCreateBody): Promise<Document> {
    requireRole(session, workspaceId, 'editor');
    const content = { title: body.title, abstract: body.abstract ?? '', text: body.text ?? '' };
    return this.documents.create(workspaceId, session.user.id, content);
  }

  /** @throws ProblemError NOT_FOUND */
  async get(session: Session, idOrSlug: string): Promise<Document> {
    const { document } = await this.require(session, idOrSlug, 'viewer');
    return document;
  }

  /**
   * Saves over the revision that the change started from. A field that the change leaves out stays.
   * @throws ProblemError NOT_FOUND, FORBIDDEN, REVISION_CONFLICT with `current`, and with `fenced` where
   *   the save names a lease that somebody else holds by now
   */
  async save(
    session: Session,
    idOrSlug: string,
    startedFrom: StartedFrom,
    change: ContentChange,
  ): Promise<Document> {
    const { document } = await this.require(session, idOrSlug, 'editor');
    return this.saveOver(session, document, startedFrom, change);
  }

  /**
   * What the headers of a save accept. Whoever may not save hears of that, not of the headers.
   * @throws ProblemError REVISION_REQUIRED, INVALID_HEADER, NOT_FOUND, FORBIDDEN
   */
  async startedFrom(
    session: Session,
    idOrSlug: string,
    ifMatch: string | undefined,
    editLease: string | undefined,
  ): Promise<StartedFrom> {
    try {
      return { revisions: revisionsOf(ifMatch), lease: leaseOf(editLease) };
    } catch (error) {
      await this.requireEditor(session, idOrSlug);
      throw error;
    }
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN where the caller may not change the document */
  async requireEditor(session: Session, idOrSlug: string): Promise<void> {
    await this.require(session, idOrSlug, 'editor');
  }

  /** Sets or takes away the image. @throws as `save` does */
  async saveImage(
    session: Session,
    idOrSlug: string,
    startedFrom: StartedFrom,
    image: ImageContent | null,
  ): Promise<Document> {
    const { document } = await this.require(session, idOrSlug, 'editor');
    return this.saveOver(session, document, startedFrom, { image });
  }

  /**
   * Makes what a revision was, image included, the newest one.
   * @throws ProblemError as `save` does; NOT_FOUND also where there is no such revision
   */
  async restore(
    session: Session,
    idOrSlug: string,
    startedFrom: StartedFrom,
    revision: number,
  ): Promise<Document> {
    const { document } = await this.require(session, idOrSlug, 'editor');
    if (!(await this.revisions.exists(document.id, revision))) throw notFound('revision');
    return this.saveOver(session, document, startedFrom, { restore: revision });
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN */
  async remove(session: Session, idOrSlug: string): Promise<void> {
    const { document, role } = await this.require(session, idOrSlug, 'viewer');
    if (!mayDelete(role, session.user.id, document.author.id)) {
      throw new ProblemError(
        'FORBIDDEN',
        'Only an owner of the workspace or the author may delete a document.',
      );
    }
    if (!(await this.documents.remove(document.id))) throw notFound('document');
  }

  /** Newest first. @throws ProblemError NOT_FOUND, INVALID_QUERY */
  async listRevisions(
    session: Session,
    idOrSlug: string,
    cursor: number | undefined,
    limit: number,
  ): Promise<{ revisions: RevisionSummary[]; nextCursor: string | null }> {
    const { document } = await this.require(session, idOrSlug, 'viewer');
    const rows = await this.revisions.list(document.id, cursor, limit + 1);
    const revisions = rows.slice(0, limit);
    const last = revisions.at(-1);
    return { revisions, nextCursor: last && rows.length > limit ? String(last.revision) : null };
  }

  /** @throws ProblemError NOT_FOUND */
  async getRevision(session: Session, idOrSlug: string, revision: number): Promise<Revision> {
    const { document } = await this.require(session, idOrSlug, 'viewer');
    const found = await this.revisions.find(document.id, revision);
    if (found === null) throw notFound('revision');
    return found;
  }

  /** @throws ProblemError NOT_FOUND */
  async getImage(session: Session, id: string): Promise<ImageContent> {
    const image = await this.images.find(id);
    if (image === null) throw notFound('image');
    requireRole(session, image.workspaceId, 'viewer', 'image');
    return image;
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN */
  private async require(
    session: Session,
    idOrSlug: string,
    needed: Role,
  ): Promise<{ document: Document; role: Role }> {
    const document = await this.documents.find(idOrSlug);
    if (document === null) throw notFound('document');
    return { document, role: requireRole(session, document.workspaceId, needed, 'document') };
  }

  private async saveOver(
    session: Session,
    current: Document,
    startedFrom: StartedFrom,
    change: DocumentChange,
  ): Promise<Document> {
    const { revisions, lease } = startedFrom;
    if (!revisions.includes(current.revision)) throw conflict(current);
    const saved = await this.documents.save(current.id, current.revision, change, session.user.id, lease);
    if (saved !== null && saved !== 'fenced') return saved;
    // Somebody else saved, deleted, or got the lease between the look and the save.
    const newer = await this.documents.find(current.id);
    if (newer === null) throw notFound('document');
    throw saved === 'fenced' ? fenced(newer) : conflict(newer);
  }
}

function conflict(current: Document): ProblemError {
  return new ProblemError(
    'REVISION_CONFLICT',
    `The document is at revision ${current.revision} by now, saved by ${current.updatedBy.name}. Merge your change with it and save that.`,
    { current },
    { ETag: `"${current.revision}"` },
  );
}

function fenced(current: Document): ProblemError {
  return new ProblemError(
    'REVISION_CONFLICT',
    `Somebody else holds the lease to edit this document by now. Merge your change with revision ${current.revision} and save that without the lease.`,
    { current, fenced: true },
    { ETag: `"${current.revision}"` },
  );
}
