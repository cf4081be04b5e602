import { schema, type Transaction } from '@doclight/db';
import { and, eq } from 'drizzle-orm';

const { editLeases } = schema;

/**
 * Whether a person holds the lease of a document under that token. Until the transaction ends the
 * lease cannot go over to anyone: what is saved in it was saved by who had the right of way.
 * @see https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html on fencing tokens
 */
export async function holdsLease(
  tx: Transaction,
  documentId: string,
  token: number,
  userId: string,
): Promise<boolean> {
  const [held] = await tx
    .select({ token: editLeases.token })
    .from(editLeases)
    .where(
      and(
        eq(editLeases.documentId, documentId),
        eq(editLeases.token, token),
        eq(editLeases.holderId, userId),
      ),
    )
    .for('share');
  return held !== undefined;
}
