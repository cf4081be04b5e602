/**
 * How often a person does what, in a mean number of seconds from one to the next, by where they are. Nobody has
 * measured it yet: a heavy day, at the busy end of what is plausible, in which a person changes something about
 * every 40 s and is a fourth of the time on a dashboard. Times are exponential, so everybody is independent.
 */
const EVERY_S = {
  /** Looks at the dashboard: opens a document after a minute, and turns to something else now and then. */
  dashboard: { open: 60, attention: 120, reconnect: 1_800, leave: 3_600 },
  /** Reads: a page is read for a minute and a half, every third one is then edited. */
  read: { close: 90, phase: 180, attention: 90, reconnect: 1_800, leave: 3_600 },
  /** Edits: what is typed is saved after a minute (unsaved comes and goes), an edit takes some minutes. */
  edit: { close: 600, phase: 240, unsaved: 60, attention: 180, reconnect: 1_800, leave: 3_600 },
  /** Has closed the tab, and comes back. */
  away: { connect: 60 },
} as const;

export type Action = 'open' | 'close' | 'phase' | 'unsaved' | 'attention' | 'reconnect' | 'leave' | 'connect';
export type Place = keyof typeof EVERY_S;

/** More than everything that anybody does in any place, in actions a second. */
export const MOST_ACTIONS_A_SECOND = Math.max(
  ...Object.values(EVERY_S).map((every) => Object.values(every).reduce((sum, s) => sum + 1 / s, 0)),
);

/** Where people are when nobody knows how long they have been there. @see EVERY_S in its steady state */
export const AT_FIRST: readonly (readonly [Place, number])[] = [
  ['dashboard', 0.29],
  ['read', 0.36],
  ['edit', 0.35],
];

/**
 * What a person does next, or nothing: called `MOST_ACTIONS_A_SECOND` times a second and person, it does each
 * thing as often as it should.
 * @param dice from 0 to 1
 * @see https://en.wikipedia.org/wiki/Uniformization_(probability_theory)
 */
export function nextAction(place: Place, dice: number): Action | null {
  let left = dice * MOST_ACTIONS_A_SECOND;
  for (const [action, seconds] of Object.entries(EVERY_S[place])) {
    left -= 1 / seconds;
    if (left < 0) return action as Action;
  }
  return null;
}

/** Whether somebody in that place can do that. */
export function canDo(place: Place, action: Action): boolean {
  return action in EVERY_S[place];
}

/** Numbers from 0 to 1 that are the same in every run. @see https://github.com/bryc/code mulberry32 */
export function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
