import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { DomainEvents } from '../common/domain-events.js';
import { Durations } from '../common/durations.js';
import { LOGGER } from '../common/logger.js';
import { Occurrences } from '../common/occurrences.js';
import { DatabaseStats } from '../database/database-stats.js';
import { DocumentEventsService } from '../documents/document-events.service.js';
import { JobsService } from '../jobs/jobs.service.js';
import { DeliveryLogService } from '../notifications/delivery-log.service.js';
import { PresenceService } from '../presence/presence.service.js';
import { PresenceFeedService } from '../presence/presence-feed.service.js';
import { SocketServerService } from '../realtime/socket-server.service.js';
import { REDIS } from '../redis/redis.token.js';
import type { RedisLink } from '../redis/redis-link.js';
import { countRequests, type RequestStats, registerHttpMetrics } from './http-metrics.js';
import { registerJobMetrics } from './job-metrics.js';
import { registerNotificationMetrics } from './notification-metrics.js';
import { registerPresenceMetrics } from './presence-metrics.js';
import { registerSocketMetrics } from './socket-metrics.js';
import { registerDatabaseMetrics, registerEventLogMetrics, registerRedisMetrics } from './storage-metrics.js';

/** How often the event loop is asked whether it is late, in milliseconds; each answer includes them. */
const LOOP_TIMER_MS = 50;

/** Requests take from a millisecond to what an upload takes. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/**
 * What operators watch, in Prometheus' terms; every name starts `doclight_`. Features count in plain numbers
 * where things happen, and are read here when somebody asks. Labels have few values: never the id of a
 * workspace, document or person.
 */
@Injectable()
export class MetricsService {
  private readonly registry = new Registry();
  private readonly requestStats: RequestStats = {
    requests: new Occurrences(),
    durations: new Durations(REQUEST_SECONDS),
  };
  /** Middleware that counts requests; it has to be the first one. */
  readonly countRequests = countRequests(this.requestStats);

  constructor(
    sockets: SocketServerService,
    presence: PresenceService,
    feed: PresenceFeedService,
    eventLog: DocumentEventsService,
    database: DatabaseStats,
    @Inject(REDIS) redis: RedisLink | null,
    jobs: JobsService,
    deliveries: DeliveryLogService,
    events: DomainEvents,
    @Inject(LOGGER) log: Logger,
  ) {
    const { registry } = this;
    registerSocketMetrics(registry, sockets);
    registerPresenceMetrics(registry, presence, feed);
    registerEventLogMetrics(registry, eventLog);
    registerRedisMetrics(registry, redis?.stats);
    registerDatabaseMetrics(registry, database);
    registerHttpMetrics(registry, this.requestStats);
    registerJobMetrics(registry, jobs, events, log);
    registerNotificationMetrics(registry, deliveries, events, log);
    // Process and event loop.
    collectDefaultMetrics({
      register: registry,
      prefix: 'doclight_',
      eventLoopMonitoringPrecision: LOOP_TIMER_MS,
    });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
