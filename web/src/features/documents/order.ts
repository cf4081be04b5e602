/** How the dashboard is ordered: `activity` is `changed` with the documents people are in on top. */
export type DashboardSort = 'activity' | 'changed' | 'title';

/** The orders as they are offered. */
export const SORTS: readonly { readonly value: DashboardSort; readonly text: string }[] = [
  { value: 'activity', text: 'Activity' },
  { value: 'changed', text: 'Last changed' },
  { value: 'title', text: 'A to Z' },
];

/**
 * Puts the ids that are live before the others, both in the order they came in; live ones that are
 * not among `ids` (not loaded yet) come last of the live ones.
 */
export function liveFirst(ids: readonly string[], live: readonly string[]): string[] {
  const isLive = new Set(live);
  const loaded = new Set(ids);
  return [
    ...ids.filter((id) => isLive.has(id)),
    ...live.filter((id) => !loaded.has(id)),
    ...ids.filter((id) => !isLive.has(id)),
  ];
}

/**
 * The order to show while nothing may move: what is shown keeps its place, what is gone is left
 * out, what is new comes at the end.
 */
export function heldOrder(shown: readonly string[], wanted: readonly string[]): string[] {
  const want = new Set(wanted);
  const have = new Set(shown);
  return [...shown.filter((id) => want.has(id)), ...wanted.filter((id) => !have.has(id))];
}
