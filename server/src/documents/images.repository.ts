import { type DatabaseHandle, schema } from '@doclight/db';
import { Inject, Injectable } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';

const { documents, images } = schema;

/** Images of documents, in the database so that every gateway has them. A save writes them. */
@Injectable()
export class ImagesRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  async find(id: string): Promise<{ workspaceId: string; contentType: string; bytes: Uint8Array } | null> {
    const [row] = await this.database.db
      .select({ workspaceId: documents.workspaceId, contentType: images.contentType, bytes: images.bytes })
      .from(images)
      .innerJoin(documents, eq(documents.id, images.documentId))
      .where(eq(images.id, id));
    return row ?? null;
  }
}
