import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { AccountsModule } from './accounts/accounts.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CommonModule } from './common/common.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { ControlModule } from './control/control.module.js';
import { DatabaseModule } from './database/database.module.js';
import { DocumentsModule } from './documents/documents.module.js';
import { EditingModule } from './editing/editing.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { JobsOperatorModule } from './jobs/jobs-operator.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { OpsModule } from './ops/ops.module.js';
import { PresenceModule } from './presence/presence.module.js';
import { RealtimeModule } from './realtime/realtime.module.js';
import { RedisModule } from './redis/redis.module.js';
import { TransferModule } from './transfer/transfer.module.js';
import { WorkspacesModule } from './workspaces/workspaces.module.js';

/** Everything the server is made of. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: a Nest module is a class
export class AppModule {
  static with(config: Config, log: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        CommonModule.with(log),
        DatabaseModule,
        RedisModule,
        AuthModule,
        WorkspacesModule,
        RealtimeModule,
        DocumentsModule,
        PresenceModule,
        NotificationsModule,
        EditingModule,
        OpsModule,
        ControlModule,
        TransferModule,
        AccountsModule,
        JobsModule,
        JobsOperatorModule,
      ],
    };
  }
}
