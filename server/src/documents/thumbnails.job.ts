import { z } from 'zod';
import type { JobKind } from '../common/job.js';

const payloadSchema = z.strictObject({ imageId: z.string() });

/** Makes the small pictures of an image. A trigger of the database asks for it whenever one is stored. */
export const thumbnailsJob: JobKind<z.infer<typeof payloadSchema>> = {
  name: 'thumbnails.make',
  payload: payloadSchema,
  // Decoding takes a core and much memory.
  concurrency: 1,
  timeoutMs: 90_000,
  retry: { attempts: 4, firstMs: 2_000, mostMs: 60_000 },
};
