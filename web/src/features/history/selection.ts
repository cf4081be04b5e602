/** What a revision is compared with. */
export type Against = 'previous' | 'current' | number;

/** What the history page shows, as its address says. */
export interface Selection {
  /** Null: the newest, whichever it is. */
  readonly revision: number | null;
  readonly against: Against;
}

/** Two revisions to compare, the older one first; `before` is 0 where there was nothing. */
export interface Pair {
  readonly before: number;
  readonly after: number;
}

const numberOf = (value: string | null): number | null =>
  value !== null && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null;

/** Reads the address's query; what makes no sense in it counts as left out. */
export function selectionOf(query: URLSearchParams): Selection {
  const against = query.get('against');
  return {
    revision: numberOf(query.get('revision')),
    against: against === 'current' ? 'current' : (numberOf(against) ?? 'previous'),
  };
}

/** The query of an address, with its `?`; empty for what needs none. */
export function queryOf({ revision, against }: Selection): string {
  const query = new URLSearchParams();
  if (revision !== null) query.set('revision', String(revision));
  if (against !== 'previous') query.set('against', String(against));
  return query.size > 0 ? `?${query}` : '';
}

/** What to compare; a revision is never compared with itself, but with the one before it. */
export function pairOf({ revision, against }: Selection, newest: number): Pair {
  const chosen = revision ?? newest;
  const other = against === 'current' ? newest : against === 'previous' ? chosen - 1 : against;
  if (other === chosen) return { before: chosen - 1, after: chosen };
  return { before: Math.min(chosen, other), after: Math.max(chosen, other) };
}
