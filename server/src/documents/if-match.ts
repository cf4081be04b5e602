import { ProblemError } from '../common/problem.js';

const ETAG = /^(?:W\/)?"([^"]*)"$/;

/**
 * The revisions that an If-Match header names. A tag that is not one of ours stands as NaN: it is
 * well-formed, and matches nothing.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-if-match
 * @throws ProblemError REVISION_REQUIRED without the header, with `*`, or where it is not a list of tags
 */
export function revisionsOf(header: string | undefined): number[] {
  const tags = (header ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  const matches = tags.map((tag) => ETAG.exec(tag));
  if (tags.length === 0 || matches.includes(null)) {
    throw new ProblemError(
      'REVISION_REQUIRED',
      'Say which revision the change started from: send the ETag that the document came with as If-Match, e.g. "3".',
    );
  }
  return matches.map((match) => (/^\d{1,15}$/.test(match?.[1] ?? '') ? Number(match?.[1]) : Number.NaN));
}

/** The ETag of a revision. */
export function etagOf(revision: number): string {
  return `"${revision}"`;
}

/**
 * The token that an Edit-Lease header names; undefined: there is none.
 * @throws ProblemError INVALID_HEADER
 */
export function leaseOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(header)) {
    throw new ProblemError(
      'INVALID_HEADER',
      'Edit-Lease must be the token of a lease, a whole number such as 7. Leave it out to save without one.',
    );
  }
  return Number(header);
}
