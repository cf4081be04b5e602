import { type Document, pageQuerySchema, type Revision, type RevisionSummary } from '@doclight/protocol';
import { Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentSession } from '../auth/session.decorator.js';
import { notFound } from '../common/problem.js';
import type { Session } from '../common/session.js';
import { queryValidation } from '../common/validation.js';
import { DocumentsService } from './documents.service.js';
import { etagOf } from './if-match.js';

const revisionNumber = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number);
const querySchema = pageQuerySchema.extend({
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be the nextCursor of the page before')
    .transform(Number)
    .optional(),
});

@Controller('api/documents/:id/revisions')
export class RevisionsController {
  constructor(private readonly documents: DocumentsService) {}

  @Get()
  list(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Query({ schema: querySchema, pipes: [queryValidation] }) query: z.infer<typeof querySchema>,
  ): Promise<{ revisions: RevisionSummary[]; nextCursor: string | null }> {
    return this.documents.listRevisions(session, id, query.cursor, query.limit);
  }

  @Get(':revision')
  get(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Param('revision') revision: string,
  ): Promise<Revision> {
    return this.documents.getRevision(session, id, numberOf(revision));
  }

  @Post(':revision/restore')
  @HttpCode(200)
  async restore(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Param('revision') revision: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('edit-lease') editLease: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Document> {
    const startedFrom = await this.documents.startedFrom(session, id, ifMatch, editLease);
    const document = await this.documents.restore(session, id, startedFrom, numberOf(revision));
    response.setHeader('ETag', etagOf(document.revision));
    return document;
  }
}

/** @throws ProblemError NOT_FOUND for what is no number of a revision */
function numberOf(revision: string): number {
  const parsed = revisionNumber.safeParse(revision);
  if (!parsed.success) throw notFound('revision');
  return parsed.data;
}
