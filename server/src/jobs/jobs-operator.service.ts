import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { CommandError } from '../common/command-error.js';
import type { Operation } from '../common/operation.js';
import { OperationsService } from '../control/operations.service.js';
import { type JobFilter, type JobRow, JobsOperatorRepository } from './jobs-operator.repository.js';

/** Most jobs that one request lists. */
export const JOBS_AT_ONCE = 1_000;
const MOST_IDS = 1_000;

const idSchema = z.string().regex(/^\d{1,18}$/, 'must be the number of a job');
export const jobStateSchema = z.enum(['waiting', 'running', 'dead']);
const listSchema = z.strictObject({
  kind: z.string().optional(),
  state: jobStateSchema.optional(),
  after: idSchema.optional(),
  limit: z.int().min(1).max(JOBS_AT_ONCE),
});
/** Either these, or all dead ones (of a kind). */
const whichSchema = z.union([
  z.strictObject({ ids: z.array(idSchema).min(1).max(MOST_IDS) }),
  z.strictObject({ allDead: z.literal(true), kind: z.string().optional() }),
]);

export type ListJobsInput = z.infer<typeof listSchema>;
export type WhichJobs = z.infer<typeof whichSchema>;
export type { JobRow } from './jobs-operator.repository.js';

export const listJobs: Operation<ListJobsInput, readonly JobRow[]> = { name: 'list-jobs', input: listSchema };
export const retryJobs: Operation<WhichJobs, { readonly count: number }> = {
  name: 'retry-jobs',
  input: whichSchema,
};
export const dropJobs: Operation<WhichJobs, { readonly count: number }> = {
  name: 'drop-jobs',
  input: whichSchema,
};

/** What operators do with jobs. */
@Injectable()
export class JobsOperatorService implements OnModuleInit {
  constructor(
    private readonly jobs: JobsOperatorRepository,
    private readonly operations: OperationsService,
  ) {}

  onModuleInit(): void {
    this.operations.register(listJobs, (input) => this.list(input));
    this.operations.register(retryJobs, (which) => this.retry(which));
    this.operations.register(dropJobs, (which) => this.drop(which));
  }

  /** Oldest first. */
  list({ kind, state, after = '0', limit }: ListJobsInput): Promise<JobRow[]> {
    return this.jobs.list({ kind, state }, after, limit);
  }

  /**
   * Lets dead jobs be tried anew, and those that wait for their next attempt at once.
   * @throws CommandError where one is running, or is not there
   */
  async retry(which: WhichJobs): Promise<{ count: number }> {
    return { count: await this.jobs.retry(await this.filterOf(which)) };
  }

  /** Deletes jobs undone. @throws as `retry` does */
  async drop(which: WhichJobs): Promise<{ count: number }> {
    return { count: await this.jobs.drop(await this.filterOf(which)) };
  }

  private async filterOf(which: WhichJobs): Promise<JobFilter> {
    if (!('ids' in which)) return { state: 'dead', kind: which.kind };
    const states = await this.jobs.states(which.ids);
    const gone = which.ids.filter((id) => !states.has(id));
    if (gone.length > 0) {
      throw new CommandError(`There is no job ${gone.join(', ')}: it may be done. Nothing was changed.`);
    }
    const running = which.ids.filter((id) => states.get(id) === 'running');
    if (running.length > 0) {
      throw new CommandError(`Job ${running.join(', ')} is running right now. Nothing was changed.`);
    }
    return { ids: which.ids };
  }
}
