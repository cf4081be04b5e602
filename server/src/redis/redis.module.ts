import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../common/logger.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { REDIS } from './redis.token.js';
import { RedisLink } from './redis-link.js';

/** Connects to Redis where there is one, and lets go of it last. */
@Global()
@Module({
  providers: [
    {
      provide: REDIS,
      inject: [CONFIG, LOGGER],
      useFactory: ({ redisUrl }: Config, log: Logger): RedisLink | null => {
        if (redisUrl === undefined) return null;
        const link = new RedisLink(redisUrl, (err) => log.debug({ err }, 'a connection to Redis broke'));
        link.start();
        return link;
      },
    },
  ],
  exports: [REDIS],
})
export class RedisModule implements OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: RedisLink | null) {}

  onApplicationShutdown(): void {
    this.redis?.stop();
  }
}
