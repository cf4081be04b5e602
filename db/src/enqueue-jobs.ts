import { sql } from 'drizzle-orm';
import type { Database, Transaction } from './client.js';

/** One job to be added. */
export interface NewJob<Payload> {
  /** At most 64 KiB as JSON; what is larger belongs in a table that it names. */
  readonly payload: Payload;
  /**
   * Jobs of one kind and key are interchangeable: while one waits, another one only replaces its payload, and
   * two never run at once. Left out: each is done.
   */
  readonly key?: string;
  /** Not to be begun before this many milliseconds have passed. */
  readonly delayMs?: number;
}

/** What has to be known of a kind to add jobs of it. */
export interface EnqueueKind<Payload> {
  readonly name: string;
  readonly payload: { parse(value: unknown): Payload };
}

/**
 * Adds jobs. Given the transaction of the change that asks for them, they are there exactly if the change
 * is; gateways wake when it commits.
 * @throws where a payload does not fit its kind, or is too large
 */
export async function enqueueJobs<Payload>(
  db: Database | Transaction,
  kind: EnqueueKind<Payload>,
  jobs: readonly NewJob<NoInfer<Payload>>[],
): Promise<void> {
  if (jobs.length === 0) return;
  const items = jobs.map(({ payload, ...rest }) => ({ ...rest, payload: kind.payload.parse(payload) }));
  await db.execute(sql`select doclight_enqueue_jobs(${kind.name}, ${JSON.stringify(items)}::jsonb)`);
}
