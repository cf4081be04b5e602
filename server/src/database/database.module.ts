import { type DatabaseHandle, openDatabase } from '@doclight/db';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { withoutLogContext } from '../common/log-context.js';
import { LOGGER } from '../common/logger.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { DATABASE } from './database.token.js';
import { DatabaseNotifications } from './database-notifications.js';
import { DatabaseStats } from './database-stats.js';

/** Opens the database, brings its schema up to date, and closes it last. */
@Global()
@Module({
  providers: [
    {
      provide: DATABASE,
      inject: [CONFIG, LOGGER, DatabaseStats],
      useFactory: async (config: Config, log: Logger, stats: DatabaseStats): Promise<DatabaseHandle> => {
        const database = await openDatabase({
          url: config.databaseUrl,
          dataDir: config.dataDir,
          // It may have been opened for a request that is long over.
          onConnectionError: (err) =>
            withoutLogContext(() => log.warn({ err }, 'a database connection broke')),
          observer: stats,
        });
        stats.watch(database);
        return database;
      },
    },
    DatabaseNotifications,
    DatabaseStats,
  ],
  exports: [DATABASE, DatabaseNotifications, DatabaseStats],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
