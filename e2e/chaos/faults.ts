import { setTimeout as delay } from 'node:timers/promises';
import { type Check, checkWithoutRedis } from './checks.js';
import type { World } from './world.js';

/** What a fault is given to work with. */
export interface FaultContext {
  readonly world: World;
  /** Checks that are made while the fault lasts. */
  readonly check: (checks: Promise<Check[]>) => Promise<void>;
}

/** Something that goes wrong. */
export interface Fault {
  readonly name: string;
  /** Nobody who stays, or is back within 3 s, may be seen to leave: nothing that is stored is lost. */
  readonly nobodyLeaves: boolean;
  /** Longest time, in milliseconds, that somebody may be shown who is not there, from the end of the fault. */
  readonly ghostMs?: number;
  /** Makes it happen, and resolves when it is over. */
  strike(context: FaultContext): Promise<void>;
  /** Makes whole what it broke, after the checks. */
  mend?(context: FaultContext): Promise<void>;
}

/** How long what is paused or cut off stays so, in milliseconds. */
const LASTS_MS = { redisPaused: 10_000, redisAway: 3_000, cutOff: 12_000, gatewayPaused: 8_000 };
/** A client whose network died may be shown for this long, in milliseconds. */
const SILENT_MS = 20_000;
const SETTLE_MS = 10_000;

const at = (world: World, index: number) => {
  const gateway = world.stack.gateways[index];
  if (!gateway) throw new RangeError(`there is no gateway ${index}`);
  return gateway;
};

export const ordinary: Fault = {
  name: 'none: an ordinary day',
  nobodyLeaves: true,
  strike: () => delay(4_000),
};

export const killed: Fault = {
  name: 'gateway killed (SIGKILL)',
  nobodyLeaves: true,
  strike: ({ world }) => at(world, 2).kill(),
  mend: ({ world }) => at(world, 2).start(),
};

export const stopped: Fault = {
  name: 'gateway stopped (SIGTERM)',
  nobodyLeaves: true,
  async strike({ world }) {
    at(world, 1).signal('SIGTERM');
    await at(world, 1).ended();
  },
  mend: ({ world }) => at(world, 1).start(),
};

export const redisRestarted: Fault = {
  name: 'Redis killed, back empty after 3 s',
  nobodyLeaves: false,
  async strike({ world, check }) {
    await world.stack.redis.kill();
    await Promise.all([check(checkWithoutRedis(world, world.stack.gateways)), delay(LASTS_MS.redisAway)]);
    await world.stack.redis.startAgain();
  },
};

export const redisEmptied: Fault = {
  name: 'Redis emptied (FLUSHALL)',
  nobodyLeaves: false,
  strike: ({ world }) => world.stack.redis.empty(),
};

/** @param lastsMs in milliseconds */
export const redisPaused = (lastsMs = LASTS_MS.redisPaused): Fault => ({
  name: `Redis paused for ${lastsMs / 1_000} s (SIGSTOP)`,
  nobodyLeaves: false,
  async strike({ world, check }) {
    const { redis, gateways } = world.stack;
    redis.pause();
    await Promise.all([check(checkWithoutRedis(world, gateways)), delay(lastsMs)]);
    redis.resume();
  },
});

export const cutOff: Fault = {
  name: 'gateway cut off from Redis for 12 s',
  nobodyLeaves: false,
  async strike({ world, check }) {
    const { wire } = world.stack;
    wire.block();
    await Promise.all([check(checkWithoutRedis(world, [at(world, 0)])), delay(LASTS_MS.cutOff)]);
    wire.unblock();
  },
};

export const gatewayPaused: Fault = {
  name: 'gateway paused for 8 s (SIGSTOP)',
  nobodyLeaves: false,
  async strike({ world }) {
    at(world, 1).signal('SIGSTOP');
    await delay(LASTS_MS.gatewayPaused);
    at(world, 1).signal('SIGCONT');
  },
};

export const storm: Fault = {
  name: 'proxy restarted: everybody reconnects',
  nobodyLeaves: true,
  strike: ({ world }) => world.stack.restartProxy(),
};

/** Half of those who lose the network are back before anybody notices, the others never. */
export const networkLost: Fault = {
  name: 'network of a fifth of all tabs lost',
  nobodyLeaves: true,
  ghostMs: SILENT_MS,
  async strike({ world }) {
    const lost = world.crowd.some(0.2);
    for (const tab of lost) tab.lose();
    const gone = lost.filter((_, i) => i % 2 === 0);
    for (const tab of gone) world.crowd.abandon(tab);
    await delay(4_000);
    for (const tab of lost) if (!gone.includes(tab)) tab.restore();
    await delay(SILENT_MS - SETTLE_MS - 4_000);
  },
};

export const rolledOut: Fault = {
  name: 'new version rolled out: each gateway in turn',
  nobodyLeaves: true,
  async strike({ world }) {
    for (const gateway of world.stack.gateways) {
      gateway.signal('SIGTERM');
      await gateway.ended();
      await gateway.start();
    }
  },
};

export const twoKilled: Fault = {
  name: 'two gateways of three killed at once',
  nobodyLeaves: true,
  async strike({ world }) {
    await Promise.all([at(world, 0).kill(), at(world, 1).kill()]);
  },
  async mend({ world }) {
    await Promise.all([at(world, 0).start(), at(world, 1).start()]);
  },
};

export const killedWithoutRedis: Fault = {
  name: 'gateway killed while Redis is away',
  nobodyLeaves: false,
  async strike({ world }) {
    await world.stack.redis.kill();
    await at(world, 2).kill();
    await delay(LASTS_MS.redisAway);
    await world.stack.redis.startAgain();
  },
  mend: ({ world }) => at(world, 2).start(),
};
