import { type EventList, eventListQuerySchema } from '@doclight/protocol';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { CurrentSession } from '../auth/session.decorator.js';
import type { Session } from '../common/session.js';
import { queryValidation } from '../common/validation.js';
import { DocumentEventsService } from './document-events.service.js';

const querySchema = eventListQuerySchema.extend({
  after: z
    .string()
    .regex(/^\d{1,18}$/, 'must be an eventId')
    .transform(BigInt)
    .default(0n),
});

@Controller('api/workspaces/:workspaceId/events')
export class DocumentEventsController {
  constructor(private readonly events: DocumentEventsService) {}

  @Get()
  list(
    @CurrentSession() session: Session,
    @Param('workspaceId') workspaceId: string,
    @Query({ schema: querySchema, pipes: [queryValidation] }) query: z.infer<typeof querySchema>,
  ): Promise<EventList> {
    return this.events.listAfter(session, workspaceId, query.after);
  }
}
