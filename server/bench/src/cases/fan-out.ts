import type { Bench, Case } from '../case.js';
import { type Row, round } from '../figures.js';
import type { FanOutInput, FanOutResult } from '../load/fan-out.js';
import { type Measured, runLoad, startBare } from '../processes.js';
import { type Stack, startStack } from '../stack.js';

/** People who change something; each is in many documents. */
const WRITERS = 50;
/** A bare server that is given more is saturated all the same, and only fills its memory. */
const MOST_FOR_BARE = 200;

interface Shape {
  readonly dashboards: number;
  readonly perSecond: number;
  /** That people change. */
  readonly documents: number;
  /** That are only there. */
  readonly others?: number;
  /** How many of the documents a dashboard shows; all where left out. */
  readonly shown?: number;
  readonly gateways?: number;
}

/** The bare servers need ids to send, and never look them up. */
const NOBODY = Array.from({ length: 2_000 }, (_, i) => ({
  userId: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
  cookie: '',
}));

/** Shrunk to what a smoke test can afford. */
function sized(shape: Shape, short: boolean): Shape {
  if (!short) return shape;
  return {
    ...shape,
    dashboards: Math.min(shape.dashboards, 20),
    perSecond: Math.min(shape.perSecond, 100),
    documents: Math.min(shape.documents, 100),
  };
}

function inputOf(
  shape: Shape,
  short: boolean,
  more: Pick<FanOutInput, 'server' | 'urls' | 'pids' | 'workspaceId' | 'documentIds' | 'people'>,
): FanOutInput {
  const { dashboards, perSecond, shown } = shape;
  const times = short ? { warmUpMs: 300, measureMs: 1_000 } : { warmUpMs: 3_000, measureMs: 10_000 };
  return { dashboards, perSecond, ...(shown === undefined ? {} : { shown }), ...times, ...more };
}

export async function measureDoclight(bench: Bench, wanted: Shape): Promise<FanOutResult> {
  const shape = sized(wanted, bench.short);
  const gateways = shape.gateways ?? 1;
  const stack: Stack = await startStack(
    { database: 'postgres', redis: true, gateways },
    bench.postgresUrl,
    bench.cores,
  );
  try {
    if (shape.others) await stack.addDocuments(shape.others);
    const input = inputOf(shape, bench.short, {
      server: 'doclight',
      urls: stack.gateways.map(({ url }) => url),
      pids: stack.gateways.map(({ pid }) => pid),
      workspaceId: stack.workspaceId,
      documentIds: await stack.addDocuments(shape.documents),
      people: await stack.mint(shape.dashboards + WRITERS),
    });
    return await runLoad('fanOut', input, bench.cores.load);
  } finally {
    await stack.stop();
  }
}

export async function measureBare(
  bench: Bench,
  server: 'ws' | 'socketio',
  wanted: Shape,
): Promise<FanOutResult> {
  const shape = sized({ ...wanted, perSecond: Math.min(wanted.perSecond, MOST_FOR_BARE) }, bench.short);
  const heartbeat = { PING_INTERVAL_MS: '25000', PING_TIMEOUT_MS: '20000' };
  const measured: Measured = await startBare(`${server}-server`, bench.cores.server, heartbeat);
  try {
    const input = inputOf(shape, bench.short, {
      server,
      urls: [measured.url],
      pids: [measured.pid],
      workspaceId: '00000000-0000-4000-8000-000000000000',
      documentIds: Array.from(
        { length: shape.documents },
        (_, i) => NOBODY[i % 2_000]?.userId.replace('-4', '-5') ?? '',
      ),
      people: NOBODY.slice(0, shape.dashboards + WRITERS),
    });
    return await runLoad('fanOut', input, bench.cores.load);
  } finally {
    await measured.stop();
  }
}

export function costOf({ serverCpuSeconds, deliveries }: FanOutResult): number {
  return (serverCpuSeconds / deliveries) * 1e6;
}

/** What a fan-out showed, as columns. */
function figuresOf(result: FanOutResult): Record<string, number> {
  const { changes, deliveries, frames, bytes, seconds, serverCpuSeconds, loadCpuSeconds, latency } = result;
  return {
    'changes/s': round(changes / seconds),
    'deliveries/s': round(deliveries / seconds),
    'frames/s': round(frames / seconds),
    'MB/s': round(bytes / seconds / 1e6),
    'p50 ms': latency.p50,
    'p99 ms': latency.p99,
    'server core %': round((serverCpuSeconds / seconds) * 100),
    'load core %': round((loadCpuSeconds / seconds) * 100),
    'µs/delivery': round(costOf(result)),
  };
}

interface Goal {
  readonly words: string;
  readonly isMet: (result: FanOutResult, ratio: number) => boolean;
}

function fanOutCase(name: string, title: string, shape: Shape, goal: Goal): Case {
  return {
    name,
    title,
    async run(bench) {
      const bare = await measureBare(bench, 'ws', shape);
      const socketio = await measureBare(bench, 'socketio', shape);
      const doclight = await measureDoclight(bench, shape);
      const ratio = costOf(doclight) / costOf(bare);
      const row = (setting: string, result: FanOutResult): Row => ({
        case: name,
        setting,
        figures: { ...figuresOf(result), 'of ws': round(costOf(result) / costOf(bare)) },
      });
      return [
        row('bare ws', bare),
        row('bare Socket.IO', socketio),
        { ...row('Doclight', doclight), target: goal.words, met: goal.isMet(doclight, ratio) },
      ];
    },
  };
}

export const fanOutCases: readonly Case[] = [
  fanOutCase(
    'fan-out-200',
    '1,000 dashboards, 200 changes a second',
    { dashboards: 1_000, perSecond: 200, documents: 400 },
    {
      words: 'p50 < 50 ms, p99 < 120 ms, at most 1/4 of ws',
      isMet: ({ latency }, ratio) => latency.p50 < 50 && latency.p99 < 120 && ratio <= 1 / 4,
    },
  ),
  fanOutCase(
    'fan-out-1000',
    '1,000 dashboards, 1,000 changes a second',
    { dashboards: 1_000, perSecond: 1_000, documents: 2_000 },
    {
      words: 'p99 < 150 ms, server < 60 %, at most 1/15 of ws',
      isMet: ({ latency, serverCpuSeconds, seconds }, ratio) =>
        latency.p99 < 150 && serverCpuSeconds / seconds < 0.6 && ratio <= 1 / 15,
    },
  ),
  fanOutCase(
    'fan-out-20',
    '1,000 dashboards, 20 changes a second: nothing to fold',
    { dashboards: 1_000, perSecond: 20, documents: 100 },
    { words: 'at most 1.5 of ws', isMet: (_, ratio) => ratio <= 1.5 },
  ),
  {
    name: 'filtered',
    title: '5,000 changes a second over 5,000 documents, 1,000 dashboards that show 50 each',
    async run(bench) {
      const result = await measureDoclight(bench, {
        dashboards: 1_000,
        perSecond: 5_000,
        documents: 5_000,
        shown: 50,
      });
      const { latency, seconds, serverCpuSeconds } = result;
      return [
        {
          case: this.name,
          setting: 'Doclight',
          figures: figuresOf(result),
          target: 'p99 < 250 ms on one core',
          met: latency.p99 < 250 && serverCpuSeconds / seconds <= 1,
        },
      ];
    },
  },
  {
    name: 'gateways',
    title: 'Two gateways against one, on one core: 1,000 dashboards, 200 changes a second',
    async run(bench) {
      const shape = { dashboards: 1_000, perSecond: 200, documents: 400 };
      const one = await measureDoclight(bench, { ...shape, gateways: 1 });
      const two = await measureDoclight(bench, { ...shape, gateways: 2 });
      // With a core each, two do as much more as a delivery costs no more CPU.
      const gain = (2 * costOf(one)) / costOf(two);
      return [
        { case: this.name, setting: 'one', figures: figuresOf(one) },
        {
          case: this.name,
          setting: 'two',
          figures: { ...figuresOf(two), gain: round(gain) },
          target: 'at least 1.8 times the deliveries for a core each',
          met: gain >= 1.8,
        },
      ];
    },
  },
];
