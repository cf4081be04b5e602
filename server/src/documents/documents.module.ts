import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
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
import { ThumbnailsRepository } from './thumbnails.repository.js';
import { ThumbnailsService } from './thumbnails.service.js';

@Module({
  imports: [JobsModule, RealtimeModule],
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
    ThumbnailsRepository,
    ThumbnailsService,
  ],
  exports: [DocumentEventsService, DocumentIndexService, DocumentsService],
})
export class DocumentsModule {}
