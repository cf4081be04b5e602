import { Module } from '@nestjs/common';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { DocumentEventsController } from './document-events.controller.js';
import { DocumentEventsRepository } from './document-events.repository.js';
import { DocumentEventsService } from './document-events.service.js';
import { DocumentIndexService } from './document-index.service.js';
import { DocumentsController } from './documents.controller.js';
import { DocumentsGateway } from './documents.gateway.js';
import { DocumentsListener } from './documents.listener.js';
import { DocumentsRepository } from './documents.repository.js';
import { DocumentsService } from './documents.service.js';
import { ImagesController } from './images.controller.js';
import { ImagesRepository } from './images.repository.js';
import { RevisionsController } from './revisions.controller.js';
import { RevisionsRepository } from './revisions.repository.js';

@Module({
  imports: [RealtimeModule],
  controllers: [DocumentsController, RevisionsController, ImagesController, DocumentEventsController],
  providers: [
    DocumentEventsRepository,
    DocumentEventsService,
    DocumentIndexService,
    DocumentsGateway,
    DocumentsListener,
    DocumentsRepository,
    DocumentsService,
    ImagesRepository,
    RevisionsRepository,
  ],
  exports: [DocumentIndexService, DocumentsService],
})
export class DocumentsModule {}
