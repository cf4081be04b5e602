import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { PresenceModule } from '../presence/presence.module.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { DeliveryLogRepository } from './delivery-log.repository.js';
import { DeliveryLogService } from './delivery-log.service.js';
import { FanOutRepository } from './fan-out.repository.js';
import { FanOutService } from './fan-out.service.js';
import { NoticeFeedService } from './notice-feed.service.js';
import { NoticesRepository } from './notices.repository.js';
import { NoticesService } from './notices.service.js';
import { NotificationRulesController } from './notification-rules.controller.js';
import { NotificationRulesRepository } from './notification-rules.repository.js';
import { NotificationRulesService } from './notification-rules.service.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsGateway } from './notifications.gateway.js';
import { NotificationsListener } from './notifications.listener.js';
import { OffersRepository } from './offers.repository.js';
import { OffersService } from './offers.service.js';
import { PersonalNoticesService } from './personal-notices.service.js';
import { PruningService } from './pruning.service.js';
import { PushDeliveryRepository } from './push-delivery.repository.js';
import { PushDeliveryService } from './push-delivery.service.js';
import { PushSenderService } from './push-sender.service.js';
import { PushSubscriptionsController } from './push-subscriptions.controller.js';
import { PushSubscriptionsRepository } from './push-subscriptions.repository.js';
import { PushSubscriptionsService } from './push-subscriptions.service.js';
import { SettingsRepository } from './settings.repository.js';
import { TabsService } from './tabs.service.js';
import { TellingRepository } from './telling.repository.js';
import { TellingService } from './telling.service.js';
import { VapidKeysService } from './vapid-keys.service.js';

/** Tells people of what concerns them: in the centre, by their open pages, by push. */
@Module({
  imports: [DocumentsModule, JobsModule, PresenceModule, RealtimeModule],
  controllers: [NotificationsController, NotificationRulesController, PushSubscriptionsController],
  providers: [
    DeliveryLogRepository,
    DeliveryLogService,
    NoticeFeedService,
    NoticesRepository,
    NoticesService,
    NotificationRulesRepository,
    NotificationRulesService,
    NotificationsGateway,
    OffersRepository,
    OffersService,
    PushSenderService,
    PushSubscriptionsRepository,
    PushSubscriptionsService,
    SettingsRepository,
    FanOutRepository,
    FanOutService,
    NotificationsListener,
    PersonalNoticesService,
    PruningService,
    PushDeliveryRepository,
    PushDeliveryService,
    TellingRepository,
    TellingService,
    TabsService,
    VapidKeysService,
  ],
  exports: [DeliveryLogService],
})
export class NotificationsModule {}
