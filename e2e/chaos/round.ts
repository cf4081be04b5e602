import { setTimeout as delay } from 'node:timers/promises';
import { type Check, checkSettled } from './checks.js';
import type { Fault } from './faults.js';
import type { Leave } from './seen/holds.js';
import { type Longest, Watch } from './seen/watch.js';
import type { World } from './world.js';

/** From the end of a fault until everything has to be right, in milliseconds. */
const SETTLE_MS = 10_000;
/** For so long after the end of a fault people go on with what they do, in milliseconds. */
const BUSY_MS = 3_000;
const SAMPLE_MS = 100;
/** Checks look for up to a second: that is the last one of the settling time. */
const LOOK_MS = 1_000;

/** What came of one fault. */
export interface Outcome {
  readonly fault: Fault;
  readonly checks: readonly Check[];
  readonly ghost: Longest;
  readonly gap: Longest;
  /** People seen to leave who had not left. */
  readonly leaves: readonly Leave[];
}

/** Lets a fault happen in the midst of what people do, and looks at everything until it has settled. */
export async function play(fault: Fault, world: World): Promise<Outcome> {
  const checks: Check[] = [];
  const watch = new Watch();
  const begun = performance.now();
  const sampling = setInterval(
    () => watch.sample(performance.now(), world.truth(), world.screens()),
    SAMPLE_MS,
  );
  const context = {
    world,
    check: async (during: Promise<Check[]>) => {
      checks.push(...(await during));
    },
  };
  world.crowd.start();
  try {
    await fault.strike(context);
    const over = performance.now();
    const from = (ms: number): Promise<void> => delay(Math.max(0, over + ms - performance.now()));
    await from(BUSY_MS);
    world.crowd.rest();
    await from(SETTLE_MS - LOOK_MS);
    checks.push(...(await checkSettled(world)));
    const leaves = world.holds.wrong(
      world.observers.flatMap((observer) => observer.leaves.splice(0)).filter(({ at }) => at >= begun),
    );
    checks.push(
      limit('no ghost is older', watch.ghost, Math.max(fault.ghostMs ?? 0, over - begun + SETTLE_MS)),
    );
    checks.push(limit('no gap is longer', watch.gap, over - begun + SETTLE_MS));
    if (fault.nobodyLeaves) checks.push(nobodyLeft(leaves));
    return { fault, checks, ghost: watch.ghost, gap: watch.gap, leaves };
  } finally {
    clearInterval(sampling);
  }
}

function limit(what: string, { ms, what: which }: Longest, most: number): Check {
  const seconds = (most / 1_000).toFixed(1);
  return { what: `${what} than ${seconds} s`, faults: ms <= most ? [] : [`${which}: ${Math.round(ms)} ms`] };
}

function nobodyLeft(leaves: readonly Leave[]): Check {
  return {
    what: 'nobody is seen to leave who stays, or is back within 3 s',
    faults: leaves.map(({ userId, documentId, seenBy }) => `${seenBy} saw ${userId} leave ${documentId}`),
  };
}
