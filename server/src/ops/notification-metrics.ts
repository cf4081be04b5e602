import type { Logger } from 'pino';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { DomainEvents } from '../common/domain-events.js';
import type { DeliveryLogService } from '../notifications/delivery-log.service.js';

/** Metrics of notices. What there is counts all gateways, and is the same on each; what was done is this one's. */
export function registerNotificationMetrics(
  registry: Registry,
  deliveries: DeliveryLogService,
  events: DomainEvents,
  log: Logger,
): void {
  const told = new Counter({
    name: 'doclight_notifications_told_total',
    help: 'Notices that this gateway wrote, by the way it decided on.',
    labelNames: ['way'],
    registers: [registry],
  });
  for (const way of ['toast', 'desktop', 'push', 'centre']) told.inc({ way }, 0);
  events.on('people.told', ({ ways }) => {
    for (const way of ways) told.inc({ way });
  });
  const attempts = new Counter({
    name: 'doclight_push_settled_total',
    help: 'Pushes that this gateway delivered, dropped, or will try again (waiting), by reason.',
    labelNames: ['state', 'reason'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'doclight_push_duration_seconds',
    help: 'How long push services took to answer this gateway.',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  events.on('push.settled', ({ state, reason, seconds }) => {
    attempts.inc({ state, reason: reason ?? 'none' });
    if (seconds !== null) duration.observe(seconds);
  });
  const gauge = (name: string, help: string, value: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        try {
          this.set(await value());
        } catch (err) {
          // Without the database the other metrics are needed all the more.
          log.warn({ err }, 'cannot count the deliveries');
        }
      },
    });
  gauge('doclight_push_waiting', 'Pushes that wait to be sent, in all gateways.', () => deliveries.waiting());
  gauge('doclight_push_devices', 'Browsers that are subscribed.', () => deliveries.devices());
}
