import { z } from 'zod';
import { invalid } from '../common/validation.js';

const cursorSchema = z.strictObject({
  /** Milliseconds since 1970. */
  at: z.int().min(0).max(8_640_000_000_000_000),
  id: z.string().min(1).max(128),
});

/** The last row of a page: lists here go by a moment, newest first, then by id. */
export interface NoticeCursor {
  readonly at: Date;
  readonly id: string;
}

/** A cursor as the client carries it: opaque, base64url. */
export function encodeNoticeCursor({ at, id }: NoticeCursor): string {
  return Buffer.from(JSON.stringify({ at: at.getTime(), id })).toString('base64url');
}

/** @throws ProblemError INVALID_QUERY for one that no list gave out */
export function decodeNoticeCursor(encoded: string | undefined): NoticeCursor | undefined {
  if (encoded === undefined) return undefined;
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(encoded, 'base64url').toString()));
  if (!parsed.success) {
    throw invalid('INVALID_QUERY', [
      { path: ['cursor'], message: 'must be the nextCursor of the page before' },
    ]);
  }
  return { at: new Date(parsed.data.at), id: parsed.data.id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
