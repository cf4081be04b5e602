import { type DatabaseHandle, schema } from '@doclight/db';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, eq, gt, inArray, ne, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';
import { requeue } from './requeue.repository.js';

const { jobs } = schema;

const columns = {
  id: sql<string>`${jobs.id}::text`,
  kind: jobs.kind,
  key: jobs.key,
  state: jobs.state,
  attempts: jobs.attempts,
  runAt: jobs.runAt,
  worker: jobs.worker,
  lastError: jobs.lastError,
  createdAt: jobs.createdAt,
  diedAt: jobs.diedAt,
};

/** Which jobs. Everything left out fits. */
export interface JobFilter {
  readonly ids?: readonly string[] | undefined;
  readonly kind?: string | undefined;
  readonly state?: JobState | undefined;
}

export type JobState = 'waiting' | 'running' | 'dead';

/** A job as an operator sees it. Times are ISO 8601. */
export interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly key: string | null;
  readonly state: JobState;
  readonly attempts: number;
  readonly runAt: string;
  readonly worker: string | null;
  readonly lastError: string | null;
  readonly createdAt: string;
  readonly diedAt: string | null;
}

/** Jobs as rows, as operators see them. */
@Injectable()
export class JobsOperatorRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** By id, those after `after`. Payloads stay here: they may hold what is not for every eye. */
  async list(filter: JobFilter, after: string, limit: number): Promise<JobRow[]> {
    const rows = await this.database.db
      .select(columns)
      .from(jobs)
      .where(and(fits(filter), gt(jobs.id, BigInt(after))))
      .orderBy(asc(jobs.id))
      .limit(limit);
    return rows.map(({ runAt, createdAt, diedAt, ...row }) => ({
      ...row,
      runAt: runAt.toISOString(),
      createdAt: createdAt.toISOString(),
      diedAt: diedAt?.toISOString() ?? null,
    }));
  }

  /** How many there are in each state. */
  async states(ids: readonly string[]): Promise<Map<string, JobState>> {
    const rows = await this.database.db
      .select({ id: columns.id, state: jobs.state })
      .from(jobs)
      .where(fits({ ids }));
    return new Map(rows.map(({ id, state }) => [id, state]));
  }

  /** Lets dead ones be tried again from the start, and those between attempts at once. @returns how many */
  async retry(filter: JobFilter): Promise<number> {
    const runAt = sql`now()`;
    const dead = await requeue(this.database.db, and(fits(filter), eq(jobs.state, 'dead')), {
      runAt,
      attempts: 0,
    });
    const early = await this.database.db
      .update(jobs)
      .set({ runAt })
      .where(and(fits(filter), eq(jobs.state, 'waiting'), gt(jobs.runAt, runAt)))
      .returning({ id: columns.id });
    return dead + early.length;
  }

  /** Deletes what does not run. @returns how many */
  async drop(filter: JobFilter): Promise<number> {
    const dropped = await this.database.db
      .delete(jobs)
      .where(and(fits(filter), ne(jobs.state, 'running')))
      .returning({ id: columns.id });
    return dropped.length;
  }
}

function fits({ ids, kind, state }: JobFilter): SQL | undefined {
  return and(
    ids && inArray(jobs.id, ids.map(BigInt)),
    kind === undefined ? undefined : eq(jobs.kind, kind),
    state && eq(jobs.state, state),
  );
}
