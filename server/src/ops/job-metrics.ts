import type { Logger } from 'pino';
import { Gauge, Histogram, type Registry } from 'prom-client';
import type { DomainEvents } from '../common/domain-events.js';
import type { JobsService } from '../jobs/jobs.service.js';

type Counts = Awaited<ReturnType<JobsService['counts']>>;

/** Metrics of jobs. What there is counts all gateways, and is the same on each; what was done is this one's. */
export function registerJobMetrics(
  registry: Registry,
  jobs: JobsService,
  events: DomainEvents,
  log: Logger,
): void {
  // All gauges of one scrape are collected at once, and share a look.
  let looking: Promise<Counts> | undefined;
  const look = (): Promise<Counts> => {
    looking ??= jobs.counts().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const gauge = (name: string, help: string, value: (count: Counts[number]) => number, state: string) =>
    new Gauge({
      name: `doclight_jobs_${name}`,
      help,
      labelNames: ['kind'],
      registers: [registry],
      async collect() {
        this.reset();
        try {
          const counts = (await look()).filter((count) => count.state === state);
          for (const kind of jobs.kinds) this.set({ kind }, 0);
          for (const count of counts) this.set({ kind: count.kind }, value(count));
        } catch (err) {
          // Without the database the other metrics are needed all the more.
          log.warn({ err }, 'cannot count the jobs');
        }
      },
    });
  const count = (jobCount: Counts[number]) => jobCount.count;
  gauge('waiting', 'Jobs that wait to be begun or tried again, in all gateways.', count, 'waiting');
  gauge('running', 'Jobs that are running, in all gateways.', count, 'running');
  gauge('dead', 'Jobs that failed too often and wait for an operator.', count, 'dead');
  const overdue = 'How long the waiting job that is due longest has been due.';
  gauge('overdue_seconds', overdue, ({ overdueSeconds }) => overdueSeconds, 'waiting');
  const duration = new Histogram({
    name: 'doclight_jobs_duration_seconds',
    help: 'How long attempts took in this gateway, by how they ended.',
    labelNames: ['kind', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60],
    registers: [registry],
  });
  events.on('job.settled', ({ kind, outcome, seconds }) => {
    duration.observe({ kind, outcome }, seconds);
  });
}
