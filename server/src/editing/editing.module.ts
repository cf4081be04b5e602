import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { PresenceModule } from '../presence/presence.module.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { EditLeasesRepository } from './edit-leases.repository.js';
import { EditLeasesService } from './edit-leases.service.js';
import { EditRequestsRepository } from './edit-requests.repository.js';
import { EditRequestsService } from './edit-requests.service.js';
import { EditingGateway } from './editing.gateway.js';
import { EditingListener } from './editing.listener.js';
import { EditingService } from './editing.service.js';

@Module({
  imports: [RealtimeModule, DocumentsModule, PresenceModule],
  providers: [
    EditingGateway,
    EditingListener,
    EditingService,
    EditLeasesRepository,
    EditLeasesService,
    EditRequestsRepository,
    EditRequestsService,
  ],
})
export class EditingModule {}
