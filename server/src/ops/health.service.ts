import type { Health } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../common/logger.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { PresenceService } from '../presence/presence.service.js';
import { HealthRepository } from './health.repository.js';

const TIMEOUT_MS = 2_000;

/** Whether what the process needs answers. */
@Injectable()
export class HealthService {
  constructor(
    private readonly repository: HealthRepository,
    private readonly presence: PresenceService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async check(): Promise<Health> {
    const checks: Health['checks'] = { database: await this.checkDatabase() };
    if (this.config.redisUrl !== undefined) checks.redis = this.checkRedis();
    const allUp = Object.values(checks).every(({ status }) => status === 'up');
    return { status: allUp ? 'ok' : 'error', checks };
  }

  private async checkDatabase(): Promise<Health['checks'][string]> {
    try {
      await this.repository.ping(TIMEOUT_MS);
      return { status: 'up' };
    } catch (err) {
      // The driver's own words can name hosts and accounts: they are for the log, not for anyone who asks.
      this.log.warn({ err }, 'the database does not answer');
      return { status: 'down', message: 'does not answer' };
    }
  }

  private checkRedis(): Health['checks'][string] {
    const fault = this.presence.fault();
    return fault === null ? { status: 'up' } : { status: 'down', message: fault };
  }
}
