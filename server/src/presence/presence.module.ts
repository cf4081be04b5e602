import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../common/logger.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { REDIS } from '../redis/redis.token.js';
import type { RedisLink } from '../redis/redis-link.js';
import { MemoryPresenceStore } from './memory-presence.store.js';
import { PresenceGateway } from './presence.gateway.js';
import { PresenceService } from './presence.service.js';
import { PRESENCE_STORE, type PresenceStore } from './presence.store.js';
import { PresenceFeedService } from './presence-feed.service.js';
import { RedisPresenceStore } from './redis-presence.store.js';

@Module({
  imports: [RealtimeModule, DocumentsModule],
  providers: [
    PresenceGateway,
    PresenceService,
    PresenceFeedService,
    {
      provide: PRESENCE_STORE,
      inject: [REDIS, LOGGER],
      useFactory: (redis: RedisLink | null, log: Logger): PresenceStore =>
        redis ? new RedisPresenceStore(redis, log) : new MemoryPresenceStore(),
    },
  ],
  exports: [PresenceFeedService, PresenceService],
})
export class PresenceModule {}
