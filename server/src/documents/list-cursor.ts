import { z } from 'zod';
import { invalid } from '../common/validation.js';

const cursorSchema = z.strictObject({ sort: z.enum(['changed', 'title']), key: z.string(), id: z.string() });

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
  const fits =
    parsed.success &&
    parsed.data.sort === sort &&
    (sort === 'title' || !Number.isNaN(Date.parse(parsed.data.key)));
  if (!fits) {
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
