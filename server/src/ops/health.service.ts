import type { Health } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../common/logger.js';
import { HealthRepository } from './health.repository.js';

const TIMEOUT_MS = 2_000;

/** Whether what the process needs answers. */
@Injectable()
export class HealthService {
  constructor(
    private readonly repository: HealthRepository,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async check(): Promise<Health> {
    try {
      await this.repository.ping(TIMEOUT_MS);
      return { status: 'ok', checks: { database: { status: 'up' } } };
    } catch (err) {
      // The driver's own words can name hosts and accounts: they are for the log, not for anyone who asks.
      this.log.warn({ err }, 'the database does not answer');
      return { status: 'error', checks: { database: { status: 'down', message: 'does not answer' } } };
    }
  }
}
