import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { DomainEvents } from '../common/domain-events.js';
import type { JobHandler, JobKind } from '../common/job.js';
import { LOGGER } from '../common/logger.js';
import { DatabaseNotifications } from '../database/database-notifications.js';
import { JobRunner, type RunnerOptions } from './job-runner.js';
import { type JobCount, JobsRepository, type NewJob } from './jobs.repository.js';

const TIMING = { leaseMs: 20_000, pollMs: 5_000 };
/** What runs when the server stops has so long to end, in milliseconds: the whole stop has 10 s. */
const STOP_WITHIN_MS = 4_000;
const PRUNE_EVERY_MS = 3_600_000;
const KEEP_DEAD_DAYS = 30;

/** What can be started, woken and stopped, whatever its payload is. */
type AnyRunner = Pick<JobRunner<unknown>, 'start' | 'wake' | 'stop'>;

/** Runs jobs in this process, beside other gateways that run them too. */
@Injectable()
export class JobsService implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly runners = new Map<string, AnyRunner>();
  private pruning: NodeJS.Timeout | undefined;
  private readonly options: RunnerOptions;

  constructor(
    private readonly jobs: JobsRepository,
    private readonly notifications: DatabaseNotifications,
    events: DomainEvents,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.options = {
      worker: `${hostname()} ${process.pid} ${randomBytes(3).toString('hex')}`,
      timing: TIMING,
      log,
      onSettled: (kind, outcome, seconds) => events.emit('job.settled', { kind, outcome, seconds }),
    };
  }

  /** Says who does the jobs of a kind. In `onModuleInit`: after the start they are begun. */
  handle<Payload>(kind: JobKind<Payload>, handler: JobHandler<Payload>): void {
    if (this.runners.has(kind.name)) throw new Error(`the jobs ${kind.name} have a handler already`);
    this.runners.set(kind.name, new JobRunner(kind, handler, this.jobs, this.options));
  }

  /**
   * Adds jobs. What belongs to a change is added with `enqueueJobs` of `@doclight/db` in its transaction.
   * @throws where a payload does not fit
   */
  enqueue<Payload>(kind: JobKind<Payload>, jobs: readonly NewJob<NoInfer<Payload>>[]): Promise<void> {
    return this.jobs.enqueue(kind, jobs);
  }

  /** The kinds that this gateway runs. */
  get kinds(): string[] {
    return [...this.runners.keys()];
  }

  /** How many jobs there are of each kind and state, of all gateways together. */
  counts(): Promise<JobCount[]> {
    return this.jobs.counts();
  }

  onModuleInit(): void {
    this.notifications.subscribe('doclight_jobs', {
      onNotification: (kind) => this.runners.get(kind)?.wake(),
      onListening: () => {
        for (const runner of this.runners.values()) runner.wake();
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    // Whoever ran something in an embedded database is this process's past.
    if (this.jobs.alone) await this.jobs.expireLeases();
    for (const runner of this.runners.values()) runner.start();
    this.prune();
    this.pruning = setInterval(() => this.prune(), PRUNE_EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.pruning);
    await Promise.all([...this.runners.values()].map((runner) => runner.stop(STOP_WITHIN_MS)));
  }

  private prune(): void {
    this.jobs.prune(KEEP_DEAD_DAYS).catch((err) => this.log.warn({ err }, 'cannot forget dead jobs'));
  }
}
