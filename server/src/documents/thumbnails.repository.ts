import { type DatabaseHandle, schema } from '@doclight/db';
import type { ThumbnailsMade } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';
import type { Picture, SmallPicture } from './image-codec.js';
import { imageUrlOf, thumbnailsOf } from './image-url.js';

const { documents, images, thumbnails } = schema;

/** Most images that are told of again after an outage. */
const MOST_TOLD_AGAIN = 200;

/** Images in small. */
@Injectable()
export class ThumbnailsRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** The image itself; null: it is gone, and its document with it. */
  async original(imageId: string): Promise<Uint8Array | null> {
    const [row] = await this.database.db
      .select({ bytes: images.bytes })
      .from(images)
      .where(eq(images.id, imageId));
    return row?.bytes ?? null;
  }

  /** Stores what is not there yet; nothing where the image has gone meanwhile. */
  async store(imageId: string, small: readonly SmallPicture[]): Promise<void> {
    await this.database.db.transaction(async (tx) => {
      const [image] = await tx
        .select({ id: images.id })
        .from(images)
        .where(eq(images.id, imageId))
        .for('key share');
      if (!image) return;
      await tx
        .insert(thumbnails)
        .values(small.map((picture) => ({ ...picture, imageId })))
        .onConflictDoNothing();
    });
  }

  async find(imageId: string, width: number): Promise<(Picture & { workspaceId: string }) | null> {
    const [row] = await this.database.db
      .select({
        workspaceId: documents.workspaceId,
        contentType: thumbnails.contentType,
        bytes: thumbnails.bytes,
      })
      .from(thumbnails)
      .innerJoin(images, eq(images.id, thumbnails.imageId))
      .innerJoin(documents, eq(documents.id, images.documentId))
      .where(and(eq(thumbnails.imageId, imageId), eq(thumbnails.width, width)));
    return row ?? null;
  }

  /** What there is of an image that a document shows now; nothing of an older one. */
  async made(imageId: string): Promise<ThumbnailsMade | null> {
    const [made] = await this.madeWhere(eq(thumbnails.imageId, imageId));
    return made ?? null;
  }

  /** What was made in the last minutes. */
  madeLately(minutes: number): Promise<ThumbnailsMade[]> {
    return this.madeWhere(sql`${thumbnails.createdAt} > now() - ${minutes} * interval '1 minute'`);
  }

  private async madeWhere(condition: SQL): Promise<ThumbnailsMade[]> {
    const rows = await this.database.db
      .select({
        documentId: documents.id,
        workspaceId: documents.workspaceId,
        imageId: thumbnails.imageId,
        widths: sql<number[]>`array_agg(${thumbnails.width} order by ${thumbnails.width})`,
      })
      .from(thumbnails)
      .innerJoin(documents, eq(documents.imageId, thumbnails.imageId))
      .where(condition)
      .groupBy(documents.id, thumbnails.imageId)
      .limit(MOST_TOLD_AGAIN);
    return rows.map(({ documentId, workspaceId, imageId, widths }) => ({
      documentId,
      workspaceId,
      imageUrl: imageUrlOf(imageId),
      thumbnails: thumbnailsOf(imageId, widths),
    }));
  }
}
