import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { PresenceModule } from '../presence/presence.module.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { DemoRepository } from './demo.repository.js';
import { DemoService } from './demo.service.js';
import { HealthController } from './health.controller.js';
import { HealthRepository } from './health.repository.js';
import { HealthService } from './health.service.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';

/** What operators need: health and metrics. */
@Module({
  imports: [AuthModule, DocumentsModule, JobsModule, NotificationsModule, PresenceModule, RealtimeModule],
  controllers: [HealthController, MetricsController],
  providers: [DemoRepository, DemoService, HealthRepository, HealthService, MetricsService],
})
export class OpsModule {}
