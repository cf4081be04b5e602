import { type Database, schema, type Transaction } from '@doclight/db';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';

const { jobs } = schema;

const CHUNK = 1_000;
/** Somebody may add a job of the same key between the look and the update; again and again is unlikely. */
const TRIES = 5;

/** What changes along with the state. */
export interface Requeued {
  readonly runAt: SQL;
  readonly lastError?: string | SQL;
  readonly attempts?: number | SQL;
}

/** What a job is set to when nobody runs it any more. */
export const nobody = { worker: null, claim: null, leaseUntil: null } as const;

/**
 * Lets jobs wait (again). One whose key waits already goes: that other one does the work.
 * @param which must not fit them any more once they wait
 * @returns how many there were
 */
export async function requeue(db: Database, which: SQL | undefined, values: Requeued): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await requeueChunk(db, which, values);
    total += count;
    if (count < CHUNK) return total;
  }
}

async function requeueChunk(db: Database, which: SQL | undefined, values: Requeued): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction(async (tx) => {
        const rows = await tx
          .select({ id: jobs.id, key: jobs.key })
          .from(jobs)
          .where(which)
          .orderBy(jobs.id)
          .limit(CHUNK)
          .for('update');
        const plain = rows.filter(({ key }) => key === null).map(({ id }) => id);
        if (plain.length > 0) await letWait(tx, inArray(jobs.id, plain), values);
        for (const { id } of rows.filter(({ key }) => key !== null)) {
          const superseded = await tx
            .delete(jobs)
            .where(and(eq(jobs.id, id), twinWaits))
            .returning();
          if (superseded.length === 0) await letWait(tx, eq(jobs.id, id), values);
        }
        return rows.length;
      });
    } catch (error) {
      if (tries === TRIES || !isUniqueViolation(error)) throw error;
    }
  }
}

const twinWaits = sql`exists (select from ${jobs} as twin
  where twin.kind = ${jobs.kind} and twin.key = ${jobs.key} and twin.state = 'waiting')`;

async function letWait(tx: Transaction, which: SQL, values: Requeued): Promise<void> {
  await tx
    .update(jobs)
    .set({ ...nobody, ...values, state: 'waiting', diedAt: null })
    .where(which);
}

/** @see https://www.postgresql.org/docs/15/errcodes-appendix.html */
function isUniqueViolation(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return cause?.code === '23505';
}
