import { storableSchema } from '@doclight/protocol';
import { z } from 'zod';
import { invalid } from '../common/validation.js';

/** A moment as `Date.toISOString` writes it, in the years that PostgreSQL takes as well. */
const momentSchema = z.iso.datetime({ precision: 3 }).refine((moment) => moment >= '0001');
const cursorSchema = z.discriminatedUnion('sort', [
  z.strictObject({ sort: z.literal('changed'), key: momentSchema, id: storableSchema }),
  z.strictObject({ sort: z.literal('title'), key: storableSchema, id: storableSchema }),
]);

/** The last row of a page, by what the list is sorted by. */
export type ListCursor = z.infer<typeof cursorSchema>;

/** A cursor as the client carries it: opaque, base64url. */
export function encodeCursor(cursor: ListCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws ProblemError INVALID_QUERY for one that is not of this list */
export function decodeCursor(encoded: string | undefined, sort: ListCursor['sort']): ListCursor | undefined {
  if (encoded === undefined) return undefined;
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(encoded, 'base64url').toString()));
  if (!parsed.success || parsed.data.sort !== sort) {
    throw invalid('INVALID_QUERY', [
      { path: ['cursor'], message: 'must be the nextCursor of the page before, with the same sort' },
    ]);
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
