import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { MemoryPresenceStore } from './memory-presence.store.js';
import { PresenceGateway } from './presence.gateway.js';
import { PresenceService } from './presence.service.js';
import { PRESENCE_STORE } from './presence.store.js';
import { PresenceFeedService } from './presence-feed.service.js';

@Module({
  imports: [RealtimeModule, DocumentsModule],
  providers: [
    PresenceGateway,
    PresenceService,
    PresenceFeedService,
    { provide: PRESENCE_STORE, useFactory: () => new MemoryPresenceStore() },
  ],
})
export class PresenceModule {}
