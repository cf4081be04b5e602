import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { DomainEvents } from '../common/domain-events.js';
import { LOGGER } from '../common/logger.js';
import { JobsService } from '../jobs/jobs.service.js';
import { DeliveryLogService } from '../notifications/delivery-log.service.js';
import { SocketServerService } from '../realtime/socket-server.service.js';
import { registerJobMetrics } from './job-metrics.js';
import { registerNotificationMetrics } from './notification-metrics.js';

/** What operators watch, in Prometheus' terms; every name starts `doclight_`. */
@Injectable()
export class MetricsService {
  private readonly registry = new Registry();

  constructor(
    sockets: SocketServerService,
    jobs: JobsService,
    deliveries: DeliveryLogService,
    events: DomainEvents,
    @Inject(LOGGER) log: Logger,
  ) {
    collectDefaultMetrics({ register: this.registry, prefix: 'doclight_' });
    new Gauge({
      name: 'doclight_socket_connections',
      help: 'Sockets connected to this gateway.',
      registers: [this.registry],
      collect() {
        this.set(sockets.connections);
      },
    });
    registerJobMetrics(this.registry, jobs, events, log);
    registerNotificationMetrics(this.registry, deliveries, events, log);
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
