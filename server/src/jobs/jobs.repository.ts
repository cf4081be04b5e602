import { type DatabaseHandle, enqueueJobs, type NewJob, schema } from '@doclight/db';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { JobKind } from '../common/job.js';
import { DATABASE } from '../database/database.token.js';
import { nobody, requeue } from './requeue.repository.js';

export type { NewJob };

const { jobs } = schema;

/** One attempt at one job. Only the newest `claim` of a job says how it ended. */
export interface JobRef {
  readonly id: string;
  readonly claim: string;
}

/** A job that was given to a worker. */
export interface ClaimedJob extends JobRef {
  readonly payload: unknown;
  /** 1 for the first. */
  readonly attempt: number;
}

/** How many jobs of a kind there are in a state. */
export interface JobCount {
  readonly kind: string;
  readonly state: 'waiting' | 'running' | 'dead';
  readonly count: number;
  /** How long the one that is due longest has been due, in seconds; 0 where none is. Of those that wait. */
  readonly overdueSeconds: number;
}

const id = sql<string>`${jobs.id}::text`;
const now = sql`now()`;
const inMs = (delayMs: number) => sql`now() + ${delayMs} * interval '1 millisecond'`;

/** Jobs as rows, as workers see them. Every time is the database's, so that clocks may differ. */
@Injectable()
export class JobsRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** Whether this process alone can have the database open. */
  get alone(): boolean {
    return this.database.kind === 'pglite';
  }

  enqueue<Payload>(kind: JobKind<Payload>, added: readonly NewJob<NoInfer<Payload>>[]): Promise<void> {
    return enqueueJobs(this.database.db, kind, added);
  }

  /** Takes jobs that are due, those that are due longest first. No other worker gets them for `leaseMs`. */
  async claim(kind: string, limit: number, worker: string, leaseMs: number): Promise<ClaimedJob[]> {
    const { db } = this.database;
    const due = db.$with('due').as(
      db
        .select({ id: jobs.id })
        .from(jobs)
        .where(
          and(
            eq(jobs.kind, kind),
            eq(jobs.state, 'waiting'),
            lte(jobs.runAt, now),
            sql`(${jobs.key} is null or not exists (select from ${jobs} as twin
              where twin.kind = ${jobs.kind} and twin.key = ${jobs.key} and twin.state = 'running'))`,
          ),
        )
        .orderBy(jobs.runAt, jobs.id)
        .limit(limit)
        .for('update', { skipLocked: true }),
    );
    return db
      .with(due)
      .update(jobs)
      .set({
        state: 'running',
        attempts: sql`${jobs.attempts} + 1`,
        worker,
        claim: sql`gen_random_uuid()::text`,
        leaseUntil: inMs(leaseMs),
      })
      .from(due)
      .where(eq(jobs.id, due.id))
      .returning({ id, claim: sql<string>`${jobs.claim}`, payload: jobs.payload, attempt: jobs.attempts });
  }

  /** @returns the claims that still hold; the others were given to somebody else */
  async renew(refs: readonly JobRef[], leaseMs: number): Promise<Set<string>> {
    const rows = await this.database.db
      .update(jobs)
      .set({ leaseUntil: inMs(leaseMs) })
      .where(held(refs))
      .returning({ claim: sql<string>`${jobs.claim}` });
    return new Set(rows.map(({ claim }) => claim));
  }

  /** Ends jobs that are done. @returns the claims that held until then */
  async finish(refs: readonly JobRef[]): Promise<Set<string>> {
    const rows = await this.database.db
      .delete(jobs)
      .where(held(refs))
      .returning({ claim: sql<string>`${jobs.claim}` });
    return new Set(rows.map(({ claim }) => claim));
  }

  /**
   * Lets a job wait for its next attempt, or go where another one of its key waits already.
   * @returns whether the claim still held
   */
  async retry(ref: JobRef, delayMs: number, reason: string): Promise<boolean> {
    const values = { runAt: inMs(delayMs), lastError: reason };
    return (await requeue(this.database.db, held([ref]), values)) > 0;
  }

  /** Gives jobs back that were begun in vain: the attempt does not count. */
  async handBack(refs: readonly JobRef[]): Promise<void> {
    if (refs.length === 0) return;
    const attempts = sql`greatest(${jobs.attempts} - 1, 0)`;
    await requeue(this.database.db, held(refs), { runAt: now, attempts });
  }

  /** @returns whether the claim still held */
  async bury(ref: JobRef, reason: string): Promise<boolean> {
    const rows = await this.database.db
      .update(jobs)
      .set({ ...nobody, state: 'dead', lastError: reason, diedAt: now })
      .where(held([ref]))
      .returning({ id });
    return rows.length > 0;
  }

  /**
   * Takes jobs back from workers that have not been heard of: those with attempts left wait again, the
   * others are dead, for it may be they that kill the worker.
   */
  async reap(kind: string, attempts: number): Promise<{ waiting: number; dead: number }> {
    const lapsed = and(eq(jobs.kind, kind), eq(jobs.state, 'running'), lt(jobs.leaseUntil, now));
    const lastError = sql`'the worker ' || ${jobs.worker} || ' was not heard of any more'`;
    const dead = await this.database.db
      .update(jobs)
      .set({ ...nobody, state: 'dead', lastError, diedAt: now })
      .where(and(lapsed, sql`${jobs.attempts} >= ${attempts}`))
      .returning({ id });
    const waiting = await requeue(this.database.db, lapsed, { runAt: now, lastError });
    return { waiting, dead: dead.length };
  }

  /** Ends all leases at once, where no other process can hold one. */
  async expireLeases(): Promise<void> {
    await this.database.db
      .update(jobs)
      .set({ leaseUntil: sql`now() - interval '1 second'` })
      .where(eq(jobs.state, 'running'));
  }

  /** Milliseconds until a job that waits for its time is due; null: there is none. */
  async nextDueMs(kind: string): Promise<number | null> {
    const [row] = await this.database.db
      .select({ ms: sql<number | null>`(extract(epoch from min(${jobs.runAt}) - now()) * 1000)::float8` })
      .from(jobs)
      .where(and(eq(jobs.kind, kind), eq(jobs.state, 'waiting'), sql`${jobs.runAt} > now()`));
    return row?.ms ?? null;
  }

  async counts(): Promise<JobCount[]> {
    return this.database.db
      .select({
        kind: jobs.kind,
        state: jobs.state,
        count: sql<number>`count(*)::int`,
        overdueSeconds: sql<number>`greatest(0, coalesce(extract(epoch from now() - min(${jobs.runAt})), 0))::float8`,
      })
      .from(jobs)
      .groupBy(jobs.kind, jobs.state);
  }

  /** Forgets jobs that have been dead for so many days. */
  async prune(days: number): Promise<void> {
    await this.database.db
      .delete(jobs)
      .where(and(eq(jobs.state, 'dead'), sql`${jobs.diedAt} < now() - ${days} * interval '1 day'`));
  }
}

/** The rows of claims that still hold. */
function held(refs: readonly JobRef[]): SQL | undefined {
  return and(
    inArray(
      jobs.id,
      refs.map((ref) => BigInt(ref.id)),
    ),
    inArray(
      jobs.claim,
      refs.map((ref) => ref.claim),
    ),
    eq(jobs.state, 'running'),
  );
}
