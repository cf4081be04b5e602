import {
  type Document,
  type DocumentCreateBody,
  type DocumentList,
  type DocumentListQuery,
  type DocumentUpdateBody,
  documentCreateBodySchema,
  documentListQuerySchema,
  documentUpdateBodySchema,
} from '@doclight/protocol';
import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import type { Response } from 'express';
import { CurrentSession } from '../auth/session.decorator.js';
import type { Session } from '../common/session.js';
import { bodyValidation, queryValidation } from '../common/validation.js';
import { DocumentsService } from './documents.service.js';
import { etagOf } from './if-match.js';

@Controller('api')
export class DocumentsController {
  constructor(private readonly documents: DocumentsService) {}

  @Get('workspaces/:workspaceId/documents')
  list(
    @CurrentSession() session: Session,
    @Param('workspaceId') workspaceId: string,
    @Query({ schema: documentListQuerySchema, pipes: [queryValidation] }) query: DocumentListQuery,
  ): Promise<DocumentList> {
    return this.documents.list(session, workspaceId, query);
  }

  @Post('workspaces/:workspaceId/documents')
  async create(
    @CurrentSession() session: Session,
    @Param('workspaceId') workspaceId: string,
    @Body({ schema: documentCreateBodySchema, pipes: [bodyValidation] }) body: DocumentCreateBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Document> {
    const document = await this.documents.create(session, workspaceId, body);
    response.location(`/api/documents/${document.id}`);
    return tagged(response, document);
  }

  @Get('documents/:id')
  async get(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Document> {
    return tagged(response, await this.documents.get(session, id));
  }

  @Put('documents/:id')
  async save(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('edit-lease') editLease: string | undefined,
    @Body({ schema: documentUpdateBodySchema, pipes: [bodyValidation] }) body: DocumentUpdateBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Document> {
    const startedFrom = await this.documents.startedFrom(session, id, ifMatch, editLease);
    return tagged(response, await this.documents.save(session, id, startedFrom, body));
  }

  @Delete('documents/:id')
  @HttpCode(204)
  remove(@CurrentSession() session: Session, @Param('id') id: string): Promise<void> {
    return this.documents.remove(session, id);
  }
}

/** Sends the revision along as the ETag that the next save names in If-Match. */
function tagged(response: Response, document: Document): Document {
  response.setHeader('ETag', etagOf(document.revision));
  return document;
}
