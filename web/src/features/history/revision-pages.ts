import type { RevisionSummary } from '@doclight/protocol';

/** One loaded page of revisions, newest first. */
export interface RevisionPage {
  readonly revisions: RevisionSummary[];
  readonly nextCursor: string | null;
}

/**
 * Puts what is new of a newly fetched first page on top of the loaded ones.
 * @returns null where there is a gap between them, so that all has to be loaded anew
 */
export function addNewest(pages: readonly RevisionPage[], fetched: RevisionPage): RevisionPage[] | null {
  const [first, ...rest] = pages;
  const known = first?.revisions[0]?.revision;
  if (!first || known === undefined) return null;
  const fresh = fetched.revisions.filter(({ revision }) => revision > known);
  if (fresh.length === 0) return [...pages];
  if (fresh.at(-1)?.revision !== known + 1) return null;
  return [{ ...first, revisions: [...fresh, ...first.revisions] }, ...rest];
}
