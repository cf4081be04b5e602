import { startOwnRedis, startRedisCluster } from '../../../../scripts/lib/redis.mjs';
import type { Bench, Case } from '../case.js';
import { type Row, round } from '../figures.js';
import type { Routing } from '../load/simulation/crowd.js';
import type { SimulationInput, SimulationResult, Stretch } from '../load/simulation.js';
import { measuredCosts, type Run } from '../plan/measured.js';
import { RECORDED } from '../plan/recorded.js';
import { describePlan } from '../plan/tables.js';
import { runLoad } from '../processes.js';
import { measureSaves } from './simulation-saves.js';

/** People of a workspace, on average: 1,000,000 on 10,000. */
const WORKSPACE = 100;
/** Each gateway looks at its workspaces every 2 s: so many of these rounds, and some more for what is beside them. */
const QUIET_MS = 2 * 2_000 + 100;

interface Setting {
  readonly people: number;
  readonly gateways: number;
  readonly workspaces?: number;
  readonly routing?: Routing;
  readonly cluster?: boolean;
}

/** The same shape with more people; with more gateways; and what is to be compared with those. */
const SETTINGS: readonly Setting[] = [
  { people: 1_000, gateways: 2 },
  { people: 3_000, gateways: 2 },
  { people: 10_000, gateways: 2 },
  { people: 30_000, gateways: 2 },
  { people: 3_000, gateways: 1 },
  { people: 3_000, gateways: 4 },
  { people: 3_000, gateways: 8 },
  { people: 3_000, gateways: 8, routing: 'by workspace' },
  { people: 3_000, gateways: 8, cluster: true },
  // As many workspaces as a gateway of a million follows where sockets are spread, with two or three people each.
  { people: 25_000, gateways: 1, workspaces: 10_000 },
];
const SHORT: readonly Setting[] = [{ people: 200, gateways: 2 }];

export const simulationCase: Case = {
  name: 'simulation',
  title: '1,000,000 people on 10,000 workspaces at a smaller scale, without sockets',
  async run(bench) {
    const runs: Run[] = [];
    for (const setting of bench.short ? SHORT : SETTINGS) {
      runs.push({ ...setting, result: await measure(setting, bench) });
    }
    const rows = runs.map(rowOf);
    if (bench.short) return rows;
    const saves = await measureSaves(bench);
    const costs = measuredCosts(runs, saves);
    // What other cases measure is as it was recorded.
    console.log(Object.values(describePlan({ ...RECORDED, ...costs })).join('\n\n'));
    const figures = Object.fromEntries(Object.entries(costs).map(([name, value]) => [name, round(value)]));
    return [...rows, { case: this.name, setting: 'costs', figures }];
  },
};

async function measure(setting: Setting, { cores, short }: Bench): Promise<SimulationResult> {
  const redis = setting.cluster ? await startRedisCluster() : await startRedis();
  const input: SimulationInput = {
    redisUrl: redis.url,
    people: setting.people,
    workspaces: setting.workspaces ?? setting.people / WORKSPACE,
    gateways: setting.gateways,
    routing: setting.routing ?? 'spread',
    ...(short
      ? { quietMs: 200, realMs: 500, flatOut: 200 }
      : { quietMs: QUIET_MS, realMs: 4_000, flatOut: 5_000 }),
  };
  try {
    return await runLoad('simulation', input, cores.server);
  } finally {
    await redis.stop();
  }
}

/** On the cores of the load, as everything that this process starts. */
async function startRedis(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { port, stop } = await startOwnRedis();
  return { url: `redis://127.0.0.1:${port}`, stop };
}

function rowOf({ people, gateways, workspaces, routing, cluster, result }: Run): Row {
  const { quiet, real, flatOut, join, latency, losses, differences } = result;
  const per = (amount: number, of: number, scale = 1): number => round((amount / of) * scale);
  const checks = quiet.redis.scripts;
  const setting = [
    `${people} people, ${gateways} gateways`,
    workspaces === undefined ? '' : `, ${workspaces} workspaces`,
    routing === undefined ? '' : `, ${routing}`,
    cluster ? ', cluster' : '',
  ].join('');
  for (const one of differences) console.log(`${setting}: ${one}`);
  return {
    case: 'simulation',
    setting,
    figures: {
      pairs: result.pairs,
      'changes/s': per(real.writes, real.seconds),
      'p99 ms': latency.p99,
      ...changeFigures(flatOut),
      'frames/s a dashboard': per(real.sent.frames, result.dashboards * real.seconds),
      'B/frame': per(real.sent.frameBytes, real.sent.frames),
      ...(checks > 0 ? checkFigures(quiet) : {}),
      'KB/person': per(result.heapBytes, result.people * 1024),
      'Redis B/person': per(result.redisBytes, result.people),
      'µs to load one': per(join.gatewayCpu, result.people, 1e6),
      losses,
      wrong: differences.length,
    },
    judged: ['µs/change', 'losses', 'wrong'],
    target: 'every gateway shows what people did',
    met: differences.length === 0,
  };
}

function changeFigures({ writes, batches, gatewayCpu, redis, seconds }: Stretch): Record<string, number> {
  return {
    'most changes/s': round(writes / seconds),
    'seen by': round(batches / writes),
    'µs/change': round((gatewayCpu / writes) * 1e6),
    'Redis µs/change': round((redis.cpuSeconds / writes) * 1e6),
    'Redis B/change': round(redis.bytesOut / writes),
  };
}

/** What keeping up costs where nobody does anything. */
function checkFigures({ redis, seconds, gatewayCpu, stallMs }: Stretch): Record<string, number> {
  return {
    'checks/s': round(redis.scripts / seconds),
    'µs/check': round((gatewayCpu / redis.scripts) * 1e6),
    'Redis µs/check': round((redis.cpuSeconds / redis.scripts) * 1e6),
    'stall ms': round(stallMs),
  };
}
