import { z } from 'zod';
import type { JobKind } from '../common/job.js';

const retry = { attempts: 20, firstMs: 1_000, mostMs: 10 * 60_000 };

/** What one person did to documents of a workspace in one transaction is to be told. A trigger adds it. */
const fanOutSchema = z.object({
  /** PostgreSQL's id of the transaction. */
  xid: z.string().regex(/^\d+$/),
  workspaceId: z.string(),
  type: z.enum(['created', 'saved', 'deleted']),
  actorId: z.string(),
});
export type FanOut = z.infer<typeof fanOutSchema>;
export const fanOutKind: JobKind<FanOut> = {
  name: 'notification.fan-out',
  payload: fanOutSchema,
  concurrency: 2,
  timeoutMs: 10 * 60_000,
  retry,
};

const batchSchema = z.object({ batchId: z.string() });
export type Batch = z.infer<typeof batchSchema>;

/** The pushes of a batch are to be sent. */
export const pushKind: JobKind<Batch> = {
  name: 'notification.push',
  payload: batchSchema,
  concurrency: 4,
  timeoutMs: 10 * 60_000,
  retry,
};

/** What tabs were offered to show and have not claimed is to go another way. */
export const unclaimedKind: JobKind<Batch> = {
  name: 'notification.unclaimed',
  payload: batchSchema,
  concurrency: 2,
  timeoutMs: 60_000,
  retry,
};
