import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Latency, latencyOf } from '../figures.js';
import { workspaceSizes } from '../plan/workspace-sizes.js';
import { inParallel, pace } from './pace.js';
import { loadBuilt } from './simulation/built.js';
import { Crowd, type Routing } from './simulation/crowd.js';
import { type Sent, SimulatedGateway } from './simulation/gateway.js';
import { type RedisUse, redisMeter } from './simulation/redis-use.js';
import { differences } from './simulation/truth.js';

export interface SimulationInput {
  /** One address, or those of a cluster joined by commas. */
  readonly redisUrl: string;
  readonly people: number;
  readonly workspaces: number;
  readonly gateways: number;
  readonly routing: Routing;
  /** How long nobody does anything, and how long people do what they do, in milliseconds. */
  readonly quietMs: number;
  readonly realMs: number;
  /** How many things are then done as fast as it goes. */
  readonly flatOut: number;
}

/** What a stretch of time took. */
export interface Stretch {
  readonly seconds: number;
  /** CPU time of all gateways, and of all servers of Redis, in seconds. */
  readonly gatewayCpu: number;
  readonly redis: RedisUse;
  /** Changes that the store was told, and batches that came to be seen, over all gateways. */
  readonly writes: number;
  readonly batches: number;
  readonly visible: number;
  /** Times that somebody came into a document. */
  readonly opened: number;
  readonly sent: Sent;
  /** Longest time in which nothing else could be done, in milliseconds. */
  readonly stallMs: number;
}

export interface SimulationResult {
  /** As many as the sizes of workspaces came to. */
  readonly people: number;
  /** Workspaces that a gateway follows, over all gateways. */
  readonly pairs: number;
  /** What people take, over all gateways, and in Redis, in bytes. */
  readonly heapBytes: number;
  readonly redisBytes: number;
  readonly arrive: Stretch;
  /** People who look at a dashboard, at the end of the real stretch. */
  readonly dashboards: number;
  readonly quiet: Stretch;
  readonly real: Stretch;
  /** How long a change of the real stretch took to be written and seen by its own gateway. */
  readonly latency: Latency;
  readonly flatOut: Stretch;
  /** One gateway more follows every workspace. */
  readonly join: Stretch;
  /** Times that a gateway gave Redis up. */
  readonly losses: number;
  /** Where a gateway shows something else than what people did, in words; none is as it should be. */
  readonly differences: readonly string[];
}

/** Changes that wait for their answers at the same time, where there is no pace. */
const AT_ONCE = 64;
const RELEASE_EVERY_MS = 100;
/** Gateways agree within this time after the last change, in milliseconds. */
const CONVERGES_MS = 5_000;

/** A population at a smaller scale lives on gateways without sockets, with real stores and a real Redis. */
export async function simulation(input: SimulationInput): Promise<SimulationResult> {
  const { redisUrl, people, workspaces, quietMs, realMs, flatOut } = input;
  const built = await loadBuilt();
  const meter = await redisMeter(redisUrl);
  const gateways = Array.from({ length: input.gateways }, () => new SimulatedGateway(built, redisUrl));
  await Promise.all(gateways.map(({ store }) => store.open()));
  const crowd = new Crowd(workspaceSizes(people, workspaces), gateways, input.routing);
  const heapBefore = heapBytes();
  const redisBefore = await meter.read();
  const measure = (work: () => Promise<unknown>): Promise<Stretch> =>
    measureStretch(work, gateways, meter.read);

  const arrive = await measure(() => inParallel(crowd.people, AT_ONCE, (person) => crowd.arrive(person)));
  const pairs = gateways.reduce((sum, gateway) => sum + gateway.followed().length, 0);
  await delay(500);
  const heap = heapBytes() - heapBefore;
  const redisBytes = (await meter.read()).memoryBytes - redisBefore.memoryBytes;
  const quiet = await measure(() => delay(quietMs));

  const release = setInterval(() => void crowd.release(), RELEASE_EVERY_MS);
  const delays: number[] = [];
  const real = await measure(() =>
    pace(crowd.stepsASecond, realMs, () => {
      const next = crowd.step();
      if (!next) return;
      const begun = performance.now();
      void crowd.do(next.person, next.action).then(() => delays.push(performance.now() - begun));
    }),
  );
  const dashboards = crowd.people.filter(({ place }) => place === 'dashboard').length;
  const fast = await measure(() =>
    inParallel(Array.from({ length: flatOut }), AT_ONCE, async () => {
      let next = crowd.step();
      while (!next) next = crowd.step();
      await crowd.do(next.person, next.action);
    }),
  );
  clearInterval(release);
  await Promise.all(crowd.people.map(({ done }) => done));
  await crowd.release(true);
  let wrong = differences(crowd.people, gateways);
  for (const until = performance.now() + CONVERGES_MS; wrong.length > 0 && performance.now() < until; ) {
    await delay(50);
    wrong = differences(crowd.people, gateways);
  }

  const joiner = new SimulatedGateway(built, redisUrl);
  await joiner.store.open();
  const everywhere = [...new Set(crowd.people.map(({ workspaceId }) => workspaceId))];
  const join = await measureStretch(
    () => inParallel(everywhere, AT_ONCE, (workspaceId) => joiner.store.ready(workspaceId)),
    [joiner],
    meter.read,
  );
  await Promise.all([...gateways, joiner].map((gateway) => gateway.stop()));
  meter.close();
  return {
    people: crowd.people.length,
    pairs,
    heapBytes: heap,
    redisBytes,
    arrive,
    dashboards,
    quiet,
    real,
    latency: latencyOf(delays),
    flatOut: fast,
    join,
    losses: gateways.reduce((sum, { losses }) => sum + losses, 0),
    differences: wrong.slice(0, 5),
  };
}

async function measureStretch(
  work: () => Promise<unknown>,
  gateways: readonly SimulatedGateway[],
  redis: () => Promise<RedisUse>,
): Promise<Stretch> {
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  const before = { redis: await redis(), ...totalOf(gateways) };
  const [cpu, begun] = [process.cpuUsage(), performance.now()];
  stalls.enable();
  await work();
  stalls.disable();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - begun) / 1_000;
  const after = { redis: await redis(), ...totalOf(gateways) };
  return {
    seconds,
    gatewayCpu: (user + system) / 1e6,
    redis: difference(after.redis, before.redis),
    writes: after.writes - before.writes,
    batches: after.batches - before.batches,
    visible: after.visible - before.visible,
    opened: after.opened - before.opened,
    sent: difference(after.sent, before.sent),
    stallMs: stalls.max / 1e6,
  };
}

function totalOf(
  gateways: readonly SimulatedGateway[],
): Pick<Stretch, 'writes' | 'batches' | 'visible' | 'opened' | 'sent'> {
  const sum = (of: (gateway: SimulatedGateway) => number): number =>
    gateways.reduce((total, gateway) => total + of(gateway), 0);
  return {
    writes: sum(({ writes }) => writes),
    batches: sum(({ batches }) => batches),
    visible: sum(({ visible }) => visible),
    opened: sum(({ opened }) => opened),
    sent: {
      frames: sum(({ sent }) => sent.frames),
      frameBytes: sum(({ sent }) => sent.frameBytes),
      frameHeadBytes: sum(({ sent }) => sent.frameHeadBytes),
      documents: sum(({ sent }) => sent.documents),
      others: sum(({ sent }) => sent.others),
      otherBytes: sum(({ sent }) => sent.otherBytes),
    },
  };
}

function difference<T extends object>(after: T, before: T): T {
  const earlier = new Map(Object.entries(before));
  const entries = Object.entries(after).map(([name, value]) => [name, value - earlier.get(name)]);
  return Object.fromEntries(entries) as T;
}

/** Memory that is in use, after whatever is not has been taken away. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
