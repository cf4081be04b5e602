import type { Bench } from '../case.js';
import { round } from '../figures.js';
import type { FanOutInput, FanOutResult } from '../load/fan-out.js';
import { type Measured, runLoad, startBare } from '../processes.js';
import type { Identity, Stack } from '../stack.js';

/** People who change something; each is in many documents. */
export const WRITERS = 50;
/** A bare server that is given more is saturated all the same, and only fills its memory. */
const MOST_FOR_BARE = 200;
const BARE_WORKSPACE = '00000000-0000-4000-8000-000000000000';

export type BareServer = 'ws' | 'socketio';

/** A load of presence. */
export interface Shape {
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

/** One run of a load, on a server that stands. */
export interface Run extends Pick<FanOutInput, 'warmUpMs' | 'measureMs' | 'leaves'> {
  readonly dashboards: number;
  readonly perSecond: number;
  readonly shown?: number;
}

/** The bare servers need ids to send, and never look them up. */
const NOBODY: readonly Identity[] = Array.from({ length: 2_000 + WRITERS }, (_, i) => ({
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
    documents: Math.min(shape.documents, 50),
    ...(shape.shown === undefined ? {} : { shown: Math.min(shape.shown, 25) }),
  };
}

/** How a load is run: what of it depends on the form. */
export function runOf({ dashboards, perSecond, shown }: Shape, short: boolean): Run {
  const times = short ? { warmUpMs: 50, measureMs: 300 } : { warmUpMs: 3_000, measureMs: 10_000 };
  return { dashboards, perSecond, ...(shown === undefined ? {} : { shown }), ...times };
}

/** @param people one for each dashboard, then one for each writer */
export function runOnDoclight(
  bench: Bench,
  stack: Stack,
  run: Run,
  documentIds: readonly string[],
  people: readonly Identity[],
): Promise<FanOutResult> {
  const input: FanOutInput = {
    ...run,
    server: 'doclight',
    urls: stack.gateways.map(({ url }) => url),
    pids: stack.gateways.map(({ pid }) => pid),
    workspaceId: stack.workspaceId,
    documentIds,
    people,
  };
  return runLoad('fanOut', input, bench.cores.load);
}

export function runOnBare(
  bench: Bench,
  server: BareServer,
  { url, pid }: Measured,
  run: Run,
  documents: number,
): Promise<FanOutResult> {
  const input: FanOutInput = {
    ...run,
    server,
    urls: [url],
    pids: [pid],
    workspaceId: BARE_WORKSPACE,
    documentIds: Array.from(
      { length: documents },
      (_, i) => `00000000-0000-5000-8000-${String(i).padStart(12, '0')}`,
    ),
    people: NOBODY.slice(0, run.dashboards + WRITERS),
  };
  return runLoad('fanOut', input, bench.cores.load);
}

export function startBareForFanOut(bench: Bench, server: BareServer): Promise<Measured> {
  const heartbeat = { PING_INTERVAL_MS: '25000', PING_TIMEOUT_MS: '20000' };
  return startBare(`${server}-server`, bench.cores.server, heartbeat);
}

/** One run on a Doclight of its own. */
export async function measureDoclight(bench: Bench, wanted: Shape): Promise<FanOutResult> {
  const shape = sized(wanted, bench.short);
  const stack = await bench.openStack({ database: 'postgres', redis: true, gateways: shape.gateways ?? 1 });
  try {
    if (shape.others) await stack.addDocuments(shape.others);
    const documentIds = await stack.addDocuments(shape.documents);
    const people = await stack.mint(shape.dashboards + WRITERS);
    return await runOnDoclight(bench, stack, runOf(shape, bench.short), documentIds, people);
  } finally {
    await stack.stop();
  }
}

/** One run on a bare server of its own, which is given no more changes than it can be expected to bear. */
export async function measureBare(bench: Bench, server: BareServer, wanted: Shape): Promise<FanOutResult> {
  const shape = sized({ ...wanted, perSecond: Math.min(wanted.perSecond, MOST_FOR_BARE) }, bench.short);
  const measured = await startBareForFanOut(bench, server);
  try {
    return await runOnBare(bench, server, measured, runOf(shape, bench.short), shape.documents);
  } finally {
    await measured.stop();
  }
}

/** What one change costs the server for one dashboard, in microseconds of CPU. */
export function costOf({ serverCpuSeconds, deliveries }: FanOutResult): number {
  return (serverCpuSeconds / deliveries) * 1e6;
}

/** What a fan-out showed, as columns. */
export function figuresOf(result: FanOutResult): Record<string, number> {
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
