import type { EventList, WorkspaceEvent } from '@doclight/protocol';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { DomainEvents } from '../common/domain-events.js';
import { LOGGER } from '../common/logger.js';
import { requireRole } from '../common/require-role.js';
import type { Session } from '../common/session.js';
import { DatabaseNotifications } from '../database/database-notifications.js';
import { DocumentEventsRepository, type TailPosition } from './document-events.repository.js';

/** Most events in one answer to a client that catches up. */
const MOST_EVENTS = 1_000;
/** Most events that are read and told in one go. */
const MOST_AT_ONCE = 500;
/** The log is read this often even when nobody notified, in milliseconds: a wake-up can be lost. */
const READ_AT_LEAST_EVERY_MS = 5_000;

/**
 * Tails the event log for this gateway's own sockets, and tells what a client has missed. A tail
 * goes on from where it was after any outage, so no event is lost and none is told twice.
 */
@Injectable()
export class DocumentEventsService implements OnModuleInit, OnModuleDestroy {
  /** Events that were told here since the start. */
  told = 0;
  /** When the log was last read to its end and all of it told, in milliseconds of `performance.now()`. */
  private readAt = performance.now();
  private position: TailPosition | undefined;
  /** Ids of events that were found and not told yet, in chunks, oldest first. */
  private readonly untold: bigint[][] = [];
  private reading: Promise<void> | undefined;
  private readAgain = false;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly log: DocumentEventsRepository,
    private readonly notifications: DatabaseNotifications,
    private readonly events: DomainEvents,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    this.position = await this.log.tailPosition();
    this.notifications.subscribe('doclight_events', {
      onNotification: () => this.wake(),
      onListening: () => this.wake(),
    });
    this.timer = setInterval(() => this.wake(), READ_AT_LEAST_EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.reading;
  }

  /**
   * What happened in a workspace after an event, oldest first.
   * @throws ProblemError NOT_FOUND
   */
  async listAfter(session: Session, workspaceId: string, after: bigint): Promise<EventList> {
    requireRole(session, workspaceId, 'viewer');
    const { events, known, lastEventId, more } = await this.log.list(workspaceId, after, MOST_EVENTS);
    return { events, lastEventId: String(lastEventId), truncated: more || (after !== 0n && !known) };
  }

  /**
   * For how long the log has not been read to its end, in seconds. Without news it is read every few seconds
   * all the same: much longer than that means that this gateway's people are not told of saves.
   */
  get behindSeconds(): number {
    return (performance.now() - this.readAt) / 1_000;
  }

  /** Reads on, once at a time; a wake-up during a read makes one more. */
  private wake(): void {
    if (this.stopped) return;
    if (this.reading) {
      this.readAgain = true;
      return;
    }
    this.reading = this.read()
      .catch((err) => this.logger.warn({ err }, 'cannot read the event log; trying again'))
      .finally(() => {
        this.reading = undefined;
        if (!this.readAgain) return;
        this.readAgain = false;
        this.wake();
      });
  }

  private async read(): Promise<void> {
    if (!this.position) return;
    const { fresh, position } = await this.log.readOn(this.position);
    this.position = position;
    this.untold.push(...inChunks(fresh, MOST_AT_ONCE));
    for (;;) {
      const [chunk] = this.untold;
      if (!chunk) this.readAt = performance.now();
      if (!chunk || this.stopped) return;
      const events = await this.log.find(chunk);
      // Where that failed, it is the first to be tried again.
      this.untold.shift();
      for (const event of events) this.publish(event);
      // A whole import at once must not keep sockets from being written to, and answered.
      if (this.untold.length > 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private publish(event: WorkspaceEvent): void {
    this.told += 1;
    if (event.type === 'document:created') {
      const { type: _, ...created } = event;
      this.events.emit('document.created', created);
    } else if (event.type === 'document:saved') {
      const { type: _, ...saved } = event;
      this.events.emit('document.saved', saved);
    } else {
      const { type: _, ...deleted } = event;
      this.events.emit('document.deleted', deleted);
    }
  }
}

function inChunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
