/** More saves than this within the window are told as a number. */
const MOST_SINGLE = 3;
const WINDOW_MS = 4_000;

/** Counts what came within the last four seconds, so that a flood becomes one message. */
export class Burst {
  #times: number[] = [];

  /** Takes one in at `now` (epoch milliseconds); how many to tell as a number, or null to tell it alone. */
  take(now: number): number | null {
    this.#times = [...this.#times.filter((time) => now - time < WINDOW_MS), now];
    return this.#times.length > MOST_SINGLE ? this.#times.length : null;
  }
}
