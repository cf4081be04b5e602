import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/lib/paths.mjs';
import { command, Explained } from '../../scripts/lib/run.mjs';
import type { Fault } from './faults.js';
import * as faults from './faults.js';
import { Random } from './random.js';
import { count, failures, table } from './report.js';
import { type Outcome, play } from './round.js';
import { type Stack, startStack } from './stack/stack.js';
import { until, World } from './world.js';

/** What a run consists of. */
interface Form {
  readonly people: number;
  readonly actionsPerSecond: number;
  readonly faults: readonly Fault[];
}

const SHORT: Form = {
  people: 60,
  actionsPerSecond: 12,
  faults: [
    faults.killed,
    faults.redisEmptied,
    faults.redisRestarted,
    faults.redisPaused(8_000),
    faults.stopped,
  ],
};

const ALL: readonly Fault[] = [
  faults.ordinary,
  faults.killed,
  faults.stopped,
  faults.redisRestarted,
  faults.redisEmptied,
  faults.redisPaused(),
  faults.cutOff,
  faults.gatewayPaused,
  faults.storm,
  faults.networkLost,
  faults.killedWithoutRedis,
  faults.rolledOut,
  faults.twoKilled,
];
const FULL: Form = { people: 300, actionsPerSecond: 40, faults: ALL };

/** Everybody, and every observer after its gateway has started again, is there within this time. */
const GATHER_MS = 30_000;

/** `[--short] [--seed N] [--only WORD] [--report FILE]`: lets everything go wrong, and prints what came of it. */
await command(async () => {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      seed: { type: 'string' },
      only: { type: 'string' },
      times: { type: 'string', default: '1' },
      report: { type: 'string' },
    },
  });
  const form = values.short ? SHORT : FULL;
  const wanted = form.faults.filter(({ name }) => values.only === undefined || name.includes(values.only));
  if (wanted.length === 0) throw new Explained(`No fault has ${values.only} in its name.`);
  const chosen = Array.from({ length: Number(values.times) }, () => wanted).flat();
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
  console.log(`chaos: ${form.people} people, three gateways, seed ${seed}`);

  const stack = await startStack();
  const interrupt = (): never => process.exit(130);
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const outcomes: Outcome[] = [];
  try {
    const world = await World.begin({ stack, random: new Random(seed), ...form });
    try {
      const arrived = await until(GATHER_MS, () =>
        [...world.crowd.all()].every(({ state }) => state !== null),
      );
      if (arrived === null) throw new Error('the people do not get through the proxy');
      for (const fault of chosen) outcomes.push(await playAndTell(fault, world));
    } finally {
      world.end();
    }
  } finally {
    await stack.stop();
  }
  console.log(`\n${table(outcomes)}`);
  const sum = count(outcomes);
  if (sum.failed > 0) console.log(`\n${outcomes.map(failures).filter(Boolean).join('\n')}`);
  if (values.report) writeFileSync(values.report, JSON.stringify({ ...sum, skipped: 0 }));
  console.log(`\nchaos: ${sum.passed} passed, ${sum.failed} failed (seed ${seed})`);
  return sum.failed > 0 ? 1 : 0;
});

async function playAndTell(fault: Fault, world: World): Promise<Outcome> {
  const gathered = await until(GATHER_MS, () => world.observers.every(({ dashboard }) => dashboard.isLive));
  if (gathered === null) throw new Error('the observers do not get to their gateways');
  process.stdout.write(`${fault.name} ...`);
  const begun = performance.now();
  const outcome = await play(fault, world);
  const isGood = outcome.checks.every(({ faults: found }) => found.length === 0);
  const took = `${((performance.now() - begun) / 1_000).toFixed(1)} s`;
  console.log(isGood ? ` passed, ${took}` : ` FAILED\n${failures(outcome)}`);
  if (!isGood) keepLogs(world.stack, fault);
  await fault.mend?.({ world, check: async () => {} });
  return outcome;
}

/** What the gateways said, for whoever looks into a failure. */
function keepLogs({ gateways }: Stack, fault: Fault): void {
  const folder = join(root, '.cache', 'chaos');
  mkdirSync(folder, { recursive: true });
  for (const { name, log } of gateways) writeFileSync(join(folder, `${name}.log`), log);
  console.log(`The gateways' logs at the end of "${fault.name}" are in .cache/chaos.`);
}
