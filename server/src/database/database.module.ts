import { type DatabaseHandle, openDatabase } from '@doclight/db';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../common/logger.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { DATABASE } from './database.token.js';
import { DatabaseNotifications } from './database-notifications.js';

/** Opens the database, brings its schema up to date, and closes it last. */
@Global()
@Module({
  providers: [
    {
      provide: DATABASE,
      inject: [CONFIG, LOGGER],
      useFactory: (config: Config, log: Logger): Promise<DatabaseHandle> =>
        openDatabase({
          url: config.databaseUrl,
          dataDir: config.dataDir,
          onConnectionError: (err) => log.warn({ err }, 'a database connection broke'),
        }),
    },
    DatabaseNotifications,
  ],
  exports: [DATABASE, DatabaseNotifications],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
