import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** Over how long the event loop's load is looked at, in milliseconds. */
const WINDOW_MS = 20;
/** Work in the background goes on while the event loop is busy for no more than this part of its time. */
const MOST_LOAD = 0.6;
/** One waits so long between two looks, in milliseconds. */
const LOOK_AGAIN_MS = 2;
/** So long at most, in milliseconds: however busy a gateway is, it goes on. */
const MOST_WAIT_MS = 20;

/**
 * Lets work in the background take what time the event loop has left: those who wait for an answer go first.
 * One piece is let through at a time.
 */
export class Pace {
  private turn: Promise<void> = Promise.resolve();
  private since = performance.eventLoopUtilization();
  private load = 0;

  /** Resolves when the next piece of work may begin. */
  next(): Promise<void> {
    this.turn = this.turn.then(() => this.wait());
    return this.turn;
  }

  private async wait(): Promise<void> {
    const began = performance.now();
    // At least one turn of the loop between two pieces.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.busy() && performance.now() - began < MOST_WAIT_MS) await delay(LOOK_AGAIN_MS);
  }

  private busy(): boolean {
    const { active, idle, utilization } = performance.eventLoopUtilization(this.since);
    if (active + idle >= WINDOW_MS) {
      this.load = utilization;
      this.since = performance.eventLoopUtilization();
    }
    return this.load > MOST_LOAD;
  }
}
