import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CommonModule } from '../common/common.module.js';
import type { Config } from '../config/config.js';
import { ConfigModule } from '../config/config.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { JobsOperatorModule } from '../jobs/jobs-operator.module.js';
import { TransferModule } from '../transfer/transfer.module.js';

/** What operators' commands need of the server, where they run without one. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: a Nest module is a class
export class OperatorModule {
  static with(config: Config, log: Logger): DynamicModule {
    return {
      module: OperatorModule,
      imports: [
        ConfigModule.with(config),
        CommonModule.with(log),
        DatabaseModule,
        TransferModule,
        AccountsModule,
        JobsOperatorModule,
      ],
    };
  }
}
