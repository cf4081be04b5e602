import { type Database, type DatabaseHandle, enqueueJobs, openDatabase, schema } from '@doclight/db';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { GiveUpError, type JobHandler, type JobKind, RetryLaterError } from '../common/job.js';
import { createLogger } from '../common/logger.js';
import { createTestDatabase, engines } from '../testing/test-database.js';
import { JobRunner } from './job-runner.js';
import { JobsRepository } from './jobs.repository.js';

const payload = z.strictObject({ n: z.number() });
type Payload = z.infer<typeof payload>;

/** Short enough to see a lease lapse, long enough for a busy machine to renew it. */
const LEASE_MS = 1_000;
/** Only what is woken, or due by the clock, is seen earlier. */
const POLL_MS = 300;

describe.each(engines)('the job queue on %s', (engine) => {
  let database: DatabaseHandle;
  let db: Database;
  let jobs: JobsRepository;
  let release: () => Promise<void>;
  const runners: JobRunner<Payload>[] = [];
  const lines: string[] = [];
  const log = createLogger('warn', { write: (line: string) => lines.push(line) });
  let kinds = 0;

  beforeAll(async () => {
    const own = engine === 'postgres' ? await createTestDatabase() : undefined;
    database = await openDatabase({ url: own?.url, dataDir: 'memory://' });
    db = database.db;
    jobs = new JobsRepository(database);
    release = async () => {
      await database.close();
      await own?.drop();
    };
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop(0)));
    await db.delete(schema.jobs);
  });
  afterAll(() => release());

  /** A kind that no other test has. */
  const newKind = (options: Partial<JobKind<Payload>> = {}): JobKind<Payload> => {
    kinds += 1;
    const retry = { attempts: 3, firstMs: 20, mostMs: 100 };
    return { name: `kind-${kinds}`, payload, concurrency: 4, timeoutMs: 10_000, retry, ...options };
  };
  /** @returns how attempts ended */
  const work = (kind: JobKind<Payload>, handler: JobHandler<Payload>, leaseMs = LEASE_MS) => {
    const outcomes: string[] = [];
    const runner = new JobRunner(kind, handler, jobs, {
      worker: `worker ${runners.length}`,
      timing: { leaseMs, pollMs: POLL_MS },
      log,
      onSettled: (_, outcome) => outcomes.push(outcome),
    });
    runners.push(runner);
    runner.start();
    return { runner, outcomes };
  };
  const rows = (kind: JobKind<Payload>) =>
    db.select().from(schema.jobs).where(sql`kind = ${kind.name}`).orderBy(schema.jobs.id);
  const gone = (kind: JobKind<Payload>) =>
    vi.waitFor(async () => expect(await rows(kind)).toEqual([]), { timeout: 15_000 });

  it('logs under the id of a job what is logged while it runs, and that it is dead', async () => {
    const kind = newKind({ retry: { attempts: 1, firstMs: 1, mostMs: 1 } });
    let jobId = '';
    const { outcomes } = work(kind, async (_, attempt) => {
      jobId = attempt.jobId;
      await Promise.resolve();
      log.warn('something in a job');
      throw new Error('no use');
    });
    await enqueueJobs(db, kind, [{ payload: { n: 1 } }]);
    await vi.waitFor(() => expect(outcomes).toEqual(['dead']), { timeout: 5_000 });
    const said = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const about = said.filter((line) => line.jobId === jobId).map(({ msg }) => msg);
    expect(about).toEqual(['something in a job', expect.stringContaining('a job is dead')]);
  });

  it('does what is committed, and nothing of what is not', async () => {
    const kind = newKind();
    const seen: number[] = [];
    work(kind, async ({ n }) => {
      seen.push(n);
    });
    await db.transaction((tx) => enqueueJobs(tx, kind, [{ payload: { n: 1 } }, { payload: { n: 2 } }]));
    const undone = db.transaction(async (tx) => {
      await enqueueJobs(tx, kind, [{ payload: { n: 3 } }]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await db.execute(sql`select doclight_enqueue_jobs(${kind.name}, '[{"payload": {"n": 4}}]')`);
    await gone(kind);
    expect(seen.sort()).toEqual([1, 2, 4]);
  });

  it('refuses payloads that do not fit, and buries those that came another way', async () => {
    const kind = newKind();
    const odd = { n: 'x' } as unknown as Payload;
    await expect(enqueueJobs(db, kind, [{ payload: odd }])).rejects.toThrow('expected number');
    const large = z.strictObject({ text: z.string() });
    const huge = { payload: { text: 'x'.repeat(70_000) } };
    await expect(enqueueJobs(db, { name: kind.name, payload: large }, [huge])).rejects.toThrow();
    expect(await rows(kind)).toEqual([]);
    await db.execute(sql`select doclight_enqueue_jobs(${kind.name}, '[{"payload": {"n": "x"}}]')`);
    const { outcomes } = work(kind, async () => {});
    await vi.waitFor(() => expect(outcomes).toEqual(['dead']));
    expect((await rows(kind))[0]?.lastError).toContain('does not fit');
  });

  it('gives each job to one of several workers, never more at once than they may', async () => {
    const kind = newKind({ concurrency: 3 });
    const seen: number[] = [];
    const running = [0, 0, 0];
    let most = 0;
    for (const worker of running.keys()) {
      work(kind, async ({ n }) => {
        running[worker] = (running[worker] ?? 0) + 1;
        most = Math.max(most, running[worker] ?? 0);
        await new Promise(setImmediate);
        seen.push(n);
        running[worker] = (running[worker] ?? 0) - 1;
      });
    }
    const all = Array.from({ length: 500 }, (_, n) => n);
    await enqueueJobs(
      db,
      kind,
      all.map((n) => ({ payload: { n } })),
    );
    await gone(kind);
    expect(seen.sort((a, b) => a - b)).toEqual(all);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('tries again ever later, and keeps what fails too often with the reason', async () => {
    const kind = newKind({ retry: { attempts: 4, firstMs: 40, mostMs: 10_000 } });
    const at: number[] = [];
    const { outcomes } = work(kind, async (_, { attempt }) => {
      at.push(performance.now());
      throw new Error(`broken ${attempt}`);
    });
    await enqueueJobs(db, kind, [{ payload: { n: 1 } }]);
    await vi.waitFor(() => expect(outcomes).toEqual(['retry', 'retry', 'retry', 'dead']), 10_000);
    // Half of each pause is chance.
    for (const [index, least] of [20, 40, 80].entries()) {
      expect((at[index + 1] ?? 0) - (at[index] ?? 0)).toBeGreaterThanOrEqual(least);
    }
    const [row] = await rows(kind);
    expect(row).toMatchObject({ state: 'dead', attempts: 4, claim: null, leaseUntil: null });
    expect(row?.lastError).toBe('broken 4 (attempt 4, the last)');
    expect(row?.diedAt).toBeInstanceOf(Date);
  });

  it('waits for as long as it is told to, and gives up when it is told to', async () => {
    const kind = newKind();
    const at: number[] = [];
    const { outcomes } = work(kind, async ({ n }, { attempt }) => {
      if (n === 1) throw new GiveUpError('never');
      at.push(performance.now());
      if (attempt === 1) throw new RetryLaterError(700, 'busy');
    });
    await enqueueJobs(db, kind, [{ payload: { n: 1 } }, { payload: { n: 2 } }]);
    await vi.waitFor(() => expect(outcomes).toContain('done'), 10_000);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(699);
    expect(await rows(kind)).toMatchObject([{ state: 'dead', attempts: 1, lastError: 'never' }]);
  });

  it('ends an attempt that takes too long', async () => {
    const kind = newKind({ timeoutMs: 50 });
    const told: boolean[] = [];
    const { outcomes } = work(kind, async (_, { attempt, signal }) => {
      if (attempt > 1) return;
      signal.addEventListener('abort', () => told.push(true));
      await new Promise(() => {});
    });
    await enqueueJobs(db, kind, [{ payload: { n: 1 } }]);
    await vi.waitFor(() => expect(outcomes).toEqual(['retry', 'done']), 10_000);
    expect(told).toEqual([true]);
  });

  it('takes a job from a worker that is gone, and lets that one have no say', async () => {
    const kind = newKind();
    await enqueueJobs(db, kind, [{ payload: { n: 1 } }]);
    const [stale] = await jobs.claim(kind.name, 10, 'a worker that dies', 50);
    if (!stale) throw new Error('nothing was claimed');
    let end = () => {};
    const working = new Promise<void>((resolve) => {
      end = resolve;
    });
    const { outcomes } = work(kind, async (_, { attempt }) => {
      expect(attempt).toBe(2);
      await working;
    });
    await vi.waitFor(async () => expect(await rows(kind)).toMatchObject([{ state: 'running', attempts: 2 }]));
    expect((await jobs.finish([stale])).size).toBe(0);
    expect((await jobs.renew([stale], 1_000)).size).toBe(0);
    expect([await jobs.retry(stale, 0, 'stale'), await jobs.bury(stale, 'stale')]).toEqual([false, false]);
    await jobs.handBack([stale]);
    expect(await rows(kind)).toMatchObject([{ state: 'running', attempts: 2, worker: 'worker 0' }]);
    end();
    await gone(kind);
    expect(outcomes).toEqual(['done']);
  });

  it('keeps what its workers are busy with for longer than a lease', async () => {
    const kind = newKind();
    let begun = 0;
    const handler: JobHandler<Payload> = async () => {
      begun += 1;
      await new Promise((resolve) => setTimeout(resolve, LEASE_MS * 2));
    };
    work(kind, handler);
    work(kind, handler);
    await enqueueJobs(db, kind, [{ payload: { n: 1 } }]);
    await gone(kind);
    expect(begun).toBe(1);
  });

  it('buries a job that kills its workers', async () => {
    const kind = newKind({ retry: { attempts: 2, firstMs: 0, mostMs: 0 } });
    await enqueueJobs(db, kind, [{ payload: { n: 1 } }]);
    for (const attempts of [1, 2]) {
      expect(await jobs.claim(kind.name, 1, 'a worker that dies', 0)).toHaveLength(1);
      expect(await rows(kind)).toMatchObject([{ state: 'running', attempts }]);
      await vi.waitFor(async () => {
        await jobs.reap(kind.name, kind.retry.attempts);
        expect(await rows(kind)).not.toMatchObject([{ state: 'running' }]);
      });
    }
    expect(await rows(kind)).toMatchObject([
      { state: 'dead', lastError: 'the worker a worker that dies was not heard of any more' },
    ]);
  });

  it('keeps one job waiting for a key, with the newest payload, and runs one at once', async () => {
    const kind = newKind();
    const seen: number[] = [];
    let together = 0;
    let end = () => {};
    const first = new Promise<void>((resolve) => {
      end = resolve;
    });
    const { outcomes } = work(kind, async ({ n }) => {
      together += 1;
      seen.push(n);
      expect(together).toBe(1);
      if (n === 1) await first;
      together -= 1;
    });
    await enqueueJobs(db, kind, [{ payload: { n: 1 }, key: 'a' }]);
    await vi.waitFor(() => expect(seen).toEqual([1]));
    for (const n of [2, 3]) await enqueueJobs(db, kind, [{ payload: { n }, key: 'a' }]);
    await enqueueJobs(db, kind, [
      { payload: { n: 4 }, key: 'a' },
      { payload: { n: 5 }, key: 'a' },
    ]);
    expect((await rows(kind)).map(({ state, payload: kept }) => [state, kept])).toEqual([
      ['running', { n: 1 }],
      ['waiting', { n: 5 }],
    ]);
    end();
    await gone(kind);
    expect([seen, outcomes]).toEqual([
      [1, 5],
      ['done', 'done'],
    ]);
  });

  it('lets a job that failed go where another one of its key waits', async () => {
    const kind = newKind();
    await enqueueJobs(db, kind, [{ payload: { n: 1 }, key: 'a' }]);
    const [claimed] = await jobs.claim(kind.name, 1, 'me', 60_000);
    await enqueueJobs(db, kind, [{ payload: { n: 2 }, key: 'a' }]);
    expect(claimed && (await jobs.retry(claimed, 60_000, 'broken'))).toBe(true);
    expect(await rows(kind)).toMatchObject([{ state: 'waiting', attempts: 0, payload: { n: 2 } }]);
  });

  it('begins a delayed job in time, earlier where a newer one of its key asks', async () => {
    const kind = newKind();
    const { outcomes } = work(kind, async () => {});
    await enqueueJobs(db, kind, [{ payload: { n: 1 }, key: 'a', delayMs: 3_600_000 }]);
    await enqueueJobs(db, kind, [{ payload: { n: 2 }, delayMs: 250 }]);
    await vi.waitFor(() => expect(outcomes).toEqual(['done']));
    expect(await rows(kind)).toHaveLength(1);
    await enqueueJobs(db, kind, [{ payload: { n: 1 }, key: 'a' }]);
    await gone(kind);
  });

  it('hands back what cannot end before the stop, and counts no attempt', async () => {
    const kind = newKind({ concurrency: 1 });
    const { runner, outcomes } = work(kind, () => new Promise(() => {}));
    await enqueueJobs(db, kind, [{ payload: { n: 1 } }, { payload: { n: 2 } }]);
    await vi.waitFor(async () => expect((await rows(kind))[0]?.state).toBe('running'));
    await runner.stop(10);
    expect(outcomes).toEqual(['returned']);
    expect(await rows(kind)).toMatchObject([
      { state: 'waiting', attempts: 0, worker: null },
      { state: 'waiting', attempts: 0 },
    ]);
    work(kind, async () => {});
    await gone(kind);
  });
});
