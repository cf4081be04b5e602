import type { Registry } from 'prom-client';
import type { DatabaseStats } from '../database/database-stats.js';
import type { DocumentEventsService } from '../documents/document-events.service.js';
import { RedisStats } from '../redis/redis-stats.js';
import { counter, gauge, histogram } from './collectors.js';

/** Metrics of what this gateway asks of Redis. @param stats undefined: there is none, and nothing to count */
export function registerRedisMetrics(registry: Registry, stats: RedisStats = new RedisStats()): void {
  histogram(
    registry,
    'doclight_redis_command_seconds',
    'How long Redis took to answer, by script or command.',
    stats.commands,
    'command',
  );
  counter(
    registry,
    'doclight_redis_failures_total',
    'Commands that Redis did not answer: timeout, or error (mostly: not connected).',
    () =>
      stats.failures.read().map(({ labels, count }) => {
        const [command, failure] = labels;
        return [{ command, failure }, count] as const;
      }),
    ['command', 'failure'],
  );
}

/** Metrics of what this gateway asks of the database. */
export function registerDatabaseMetrics(registry: Registry, stats: DatabaseStats): void {
  histogram(
    registry,
    'doclight_database_query_seconds',
    'How long queries took; with the embedded database, waiting for those before included.',
    stats.queries,
  );
  histogram(
    registry,
    'doclight_database_wait_seconds',
    'How long it took to be given a connection of the pool. PostgreSQL only.',
    stats.waits,
  );
  counter(
    registry,
    'doclight_database_failures_total',
    'Queries that failed, those that the database refused on purpose (a duplicate) included.',
    () => stats.failures,
  );
  gauge(
    registry,
    'doclight_database_connections',
    'Connections of the pool. PostgreSQL only.',
    () => {
      const pool = stats.pool();
      return pool
        ? [
            [{ state: 'busy' }, pool.busy],
            [{ state: 'idle' }, pool.idle],
          ]
        : [];
    },
    ['state'],
  );
  gauge(
    registry,
    'doclight_database_waiting',
    'Queries and transactions that wait for a connection of the pool.',
    () => stats.pool()?.waiting ?? 0,
  );
}

/** Metrics of this gateway's tail of the event log. */
export function registerEventLogMetrics(registry: Registry, log: DocumentEventsService): void {
  counter(
    registry,
    'doclight_event_log_told_total',
    'Documents created, saved or deleted that this gateway told its people of.',
    () => log.told,
  );
  gauge(
    registry,
    'doclight_event_log_behind_seconds',
    'For how long the event log was not read to its end. Up to 5 s is normal: without news it is read that often.',
    () => log.behindSeconds,
  );
}
