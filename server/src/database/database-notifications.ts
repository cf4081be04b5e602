import type { DatabaseHandle } from '@doclight/db';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { withoutLogContext } from '../common/log-context.js';
import { LOGGER } from '../common/logger.js';
import { DATABASE } from './database.token.js';

/** Channels on which the database is heard: triggers notify, and repositories in their transactions. */
export type NotificationChannel =
  | 'doclight_events'
  | 'doclight_access'
  | 'doclight_editing'
  | 'doclight_jobs'
  | 'doclight_notices'
  | 'doclight_thumbnails';

/** What is told about one channel. */
export interface ChannelListener {
  onNotification(payload: string): void | Promise<void>;
  /** Listening began, at the start or after an outage: what was sent before has not been heard. */
  onListening(): void | Promise<void>;
  /** From here on nothing is heard, until `onListening`. */
  onLost?(): void;
}

/** Shares one LISTEN connection among the features. Subscribe in `onModuleInit`. */
@Injectable()
export class DatabaseNotifications implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly listeners = new Map<NotificationChannel, ChannelListener[]>();
  private stop: (() => Promise<void>) | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: DatabaseHandle,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  subscribe(channel: NotificationChannel, listener: ChannelListener): void {
    this.listeners.set(channel, [...(this.listeners.get(channel) ?? []), listener]);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.stop = await this.database.listen([...this.listeners.keys()], {
      onNotification: (channel, payload) => {
        for (const listener of this.listeners.get(channel as NotificationChannel) ?? []) {
          this.guard(() => listener.onNotification(payload));
        }
      },
      onListening: () => {
        this.log.debug('listening to the database');
        for (const listener of this.all()) this.guard(() => listener.onListening());
      },
      onLost: (err) => {
        this.log.warn({ err }, 'the database is out of earshot; trying again');
        for (const listener of this.all()) listener.onLost?.();
      },
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
  }

  private all(): ChannelListener[] {
    return [...this.listeners.values()].flat();
  }

  /** The embedded database notifies in the midst of the request that changed something: not on its behalf. */
  private guard(react: () => void | Promise<void>): void {
    withoutLogContext(() =>
      Promise.resolve()
        .then(react)
        .catch((err) => this.log.error({ err }, 'a reaction to a database notification failed')),
    );
  }
}
