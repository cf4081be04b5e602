import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../common/logger.js';
import { NoticesRepository } from './notices.repository.js';
import { TellingRepository } from './telling.repository.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const KEEP_NOTICES_MS = 90 * DAY_MS;
const KEEP_DELIVERIES_MS = 14 * DAY_MS;
const EVERY_MS = DAY_MS / 24;

/** Forgets old notices, and sooner what became of their deliveries. */
@Injectable()
export class PruningService implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly notices: NoticesRepository,
    private readonly tellings: TellingRepository,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.prune().catch((err) => this.log.warn({ err }, 'old notices stay for now'));
    }, EVERY_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async prune(): Promise<void> {
    const now = Date.now();
    await this.notices.prune(new Date(now - KEEP_NOTICES_MS));
    await this.tellings.prune(new Date(now - KEEP_DELIVERIES_MS));
  }
}
