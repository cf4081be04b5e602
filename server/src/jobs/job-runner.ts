import type { Logger } from 'pino';
import type { JobHandler, JobKind } from '../common/job.js';
import { withLogContext } from '../common/log-context.js';
import { DoneBatch } from './done-batch.js';
import { attemptJob, EndedError, type Outcome } from './job-outcome.js';
import type { ClaimedJob, JobsRepository } from './jobs.repository.js';

/** When a runner does what, in milliseconds. */
export interface RunnerTiming {
  /** A job whose worker is not heard of for so long is given to another one. */
  readonly leaseMs: number;
  /** Jobs are looked for this often even when nobody notified: a wake-up can be lost. */
  readonly pollMs: number;
}

/** What a runner needs. */
export interface RunnerOptions {
  /** Names this process for operators. */
  readonly worker: string;
  readonly timing: RunnerTiming;
  readonly log: Logger;
  /** Told of every attempt, with its time in seconds. */
  readonly onSettled: (kind: string, outcome: Outcome['is'], seconds: number) => void;
}

interface Running {
  readonly job: ClaimedJob;
  readonly controller: AbortController;
  readonly settled: Promise<void>;
}

/** How often a lease is renewed before it would lapse. */
const RENEWALS = 4;
/** Pause before an outcome that could not be written is written again. */
const WRITE_AGAIN_MS = 1_000;

/** Runs the jobs of one kind in this process: claims no more than it may run at once. */
export class JobRunner<Payload> {
  private readonly running = new Map<string, Running>();
  private readonly doneBatch: DoneBatch;
  private readonly abandoned = new AbortController();
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private nextLook: NodeJS.Timeout | undefined;
  private renewal: NodeJS.Timeout | undefined;
  private poll: NodeJS.Timeout | undefined;
  /** Until the start nothing is claimed: leases of an earlier life may be ended first. */
  private stopped = true;

  constructor(
    private readonly kind: JobKind<Payload>,
    private readonly handler: JobHandler<Payload>,
    private readonly jobs: JobsRepository,
    private readonly options: RunnerOptions,
  ) {
    this.doneBatch = new DoneBatch((refs) => jobs.finish(refs));
  }

  start(): void {
    this.stopped = false;
    const { leaseMs, pollMs } = this.options.timing;
    this.renewal = setInterval(() => this.guard(this.renew(), 'cannot renew'), leaseMs / RENEWALS);
    this.poll = setInterval(() => this.tick(), pollMs);
    this.tick();
  }

  /** Looks for jobs, once at a time; a wake-up during a look makes one more. */
  wake(): void {
    if (this.stopped) return;
    if (this.looking) {
      this.lookAgain = true;
      return;
    }
    clearTimeout(this.nextLook);
    this.looking = this.guard(this.look(), 'cannot look for').finally(() => {
      this.looking = undefined;
      if (!this.lookAgain) return;
      this.lookAgain = false;
      this.wake();
    });
  }

  /** Begins nothing more, gives what runs so many milliseconds to end, and hands the rest back. */
  async stop(withinMs: number): Promise<void> {
    this.stopped = true;
    clearTimeout(this.nextLook);
    clearInterval(this.poll);
    await this.looking;
    await this.settledWithin(withinMs);
    for (const { controller } of this.running.values()) {
      controller.abort(new EndedError('stopping', 'the server stops'));
    }
    await this.settledWithin(WRITE_AGAIN_MS);
    // What could not be written by now is found by its lease.
    this.abandoned.abort();
    clearInterval(this.renewal);
  }

  private tick(): void {
    void this.guard(this.reap(), 'cannot take back').then(() => this.wake());
  }

  private async reap(): Promise<void> {
    const { waiting, dead } = await this.jobs.reap(this.kind.name, this.kind.retry.attempts);
    if (waiting + dead > 0) this.log('warn', { waiting, dead }, 'took jobs back from a worker that is gone');
    for (let index = 0; index < dead; index += 1) this.options.onSettled(this.kind.name, 'dead', 0);
  }

  private async look(): Promise<void> {
    const { worker, timing } = this.options;
    const free = this.kind.concurrency - this.running.size;
    if (free > 0) {
      const claimed = await this.jobs.claim(this.kind.name, free, worker, timing.leaseMs);
      if (this.stopped) return this.jobs.handBack(claimed);
      for (const job of claimed) this.begin(job);
    }
    // The end of a job wakes a runner that is full.
    if (this.running.size >= this.kind.concurrency) return;
    const dueMs = await this.jobs.nextDueMs(this.kind.name);
    if (dueMs !== null && dueMs < timing.pollMs && !this.stopped) {
      this.nextLook = setTimeout(() => this.wake(), Math.ceil(dueMs) + 1);
    }
  }

  private begin(job: ClaimedJob): void {
    const controller = new AbortController();
    const settled = withLogContext({ jobId: job.id }, () => this.run(job, controller)).finally(() => {
      this.running.delete(job.claim);
      this.wake();
    });
    this.running.set(job.claim, { job, controller, settled });
  }

  private async run(job: ClaimedJob, controller: AbortController): Promise<void> {
    const began = performance.now();
    const outcome = await attemptJob(this.kind, this.handler, job, controller, Math.random());
    const seconds = (performance.now() - began) / 1_000;
    const is = await this.write(job, outcome);
    this.options.onSettled(this.kind.name, is, seconds);
    this.report(job, outcome, is);
  }

  /** Writes how an attempt ended, for as long as it takes. @returns `lost` where it is not ours to say */
  private async write(job: ClaimedJob, outcome: Outcome): Promise<Outcome['is']> {
    for (;;) {
      try {
        return (await this.writeOnce(job, outcome)) ? outcome.is : 'lost';
      } catch (err) {
        this.log('warn', { err }, 'cannot write how a job ended; trying again');
      }
      if (this.abandoned.signal.aborted) return 'lost';
      await pause(WRITE_AGAIN_MS);
    }
  }

  private async writeOnce(job: ClaimedJob, outcome: Outcome): Promise<boolean> {
    switch (outcome.is) {
      case 'done':
        return this.doneBatch.add(job);
      case 'retry':
        return this.jobs.retry(job, outcome.delayMs, outcome.reason);
      case 'dead':
        return this.jobs.bury(job, outcome.reason);
      case 'returned':
        await this.jobs.handBack([job]);
        return true;
      case 'lost':
        return false;
    }
  }

  private report(job: ClaimedJob, outcome: Outcome, is: Outcome['is']): void {
    const about = {
      attempt: job.attempt,
      ...('reason' in outcome ? { why: outcome.reason } : {}),
    };
    if (is === 'dead') this.log('error', about, 'a job is dead: see `npm run jobs -- list`');
    else if (is === 'retry') this.log('warn', about, 'a job failed and is tried again');
    else if (is === 'lost') this.log('warn', about, 'a job was given to another worker meanwhile');
    else this.log('debug', about, `a job is ${is}`);
  }

  private async renew(): Promise<void> {
    const refs = [...this.running.values()].map(({ job }) => job);
    if (refs.length === 0) return;
    const held = await this.jobs.renew(refs, this.options.timing.leaseMs);
    for (const { claim } of refs) {
      const lost = held.has(claim) ? undefined : this.running.get(claim);
      lost?.controller.abort(new EndedError('lost', 'another worker has the job'));
    }
  }

  private async settledWithin(ms: number): Promise<void> {
    const settled = Promise.all([...this.running.values()].map((running) => running.settled));
    await Promise.race([settled, pause(ms)]);
  }

  private async guard(work: Promise<void>, what: string): Promise<void> {
    try {
      await work;
    } catch (err) {
      this.log('warn', { err }, `${what} jobs; trying again`);
    }
  }

  private log(level: 'debug' | 'warn' | 'error', about: object, message: string): void {
    this.options.log[level]({ kind: this.kind.name, ...about }, message);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
