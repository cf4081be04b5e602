import type { SimulationResult } from '../load/simulation.js';
import type { Costs } from './costs.js';

/** One population on so many gateways, and what it showed. */
export interface Run {
  readonly people: number;
  readonly gateways: number;
  readonly workspaces?: number;
  readonly routing?: string;
  readonly cluster?: boolean;
  readonly result: SimulationResult;
}

/** Saves with so many gateways that hear of them, and the CPU time of PostgreSQL. */
export interface SavesRun {
  readonly gateways: number;
  readonly saves: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** A straight line through points, by least squares. */
export function lineThrough(points: readonly (readonly [x: number, y: number])[]): {
  at0: number;
  slope: number;
} {
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point[0]), mean((point) => point[1])];
  const slope = mean(([px, py]) => (px - x) * (py - y)) / mean(([px]) => (px - x) ** 2);
  return { at0: y - slope * x, slope };
}

/** The costs that the simulation measures, each from the runs that differ in what it depends on. */
export function measuredCosts(runs: readonly Run[], saves: readonly SavesRun[]) {
  const plain = runs.filter(({ routing, workspaces, cluster }) => !routing && !workspaces && !cluster);
  const people = Math.min(...plain.filter(({ gateways }) => gateways === 8).map((run) => run.people));
  /** The same people on more and more gateways. */
  const wider = plain.filter((run) => run.people === people).map(({ result }) => result);
  const largest = plain.reduce((a, b) => (a.people >= b.people ? a : b)).result;
  const busiest = runs.reduce((a, b) => (a.result.pairs >= b.result.pairs ? a : b)).result;
  const { real } = largest;

  const reached = ({ flatOut }: SimulationResult): number => flatOut.batches / flatOut.writes;
  const checkUs = (busiest.quiet.gatewayCpu / busiest.quiet.redis.scripts) * 1e6;
  const redisCheckUs = (busiest.quiet.redis.cpuSeconds / busiest.quiet.redis.scripts) * 1e6;
  const us = (seconds: number, of: number): number => (seconds / of) * 1e6;
  const gateway = lineThrough(
    wider.map((one) => [reached(one), us(one.flatOut.gatewayCpu, one.flatOut.writes)]),
  );
  const redis = lineThrough(
    wider.map((one) => [reached(one), us(one.flatOut.redis.cpuSeconds, one.flatOut.writes)]),
  );
  const bytes = lineThrough(
    wider.map((one) => [reached(one), one.flatOut.redis.bytesOut / one.flatOut.writes]),
  );
  const heap = lineThrough(
    wider.map((one) => [
      one.pairs / Math.min(...wider.map(({ pairs }) => pairs)),
      one.heapBytes / one.people,
    ]),
  );
  const save = lineThrough(saves.map((one) => [one.gateways, us(one.cpuSeconds, one.saves)]));
  const seen = real.batches === 0 ? 0 : real.visible / real.batches;
  return {
    changesASecond: real.writes / real.seconds / largest.people,
    visibleASecond: (real.writes / real.seconds / largest.people) * seen,
    opensASecond: real.opened / real.seconds / largest.people,
    dashboardShare: largest.dashboards / largest.people,
    othersASecond: real.sent.others / real.seconds / largest.people,
    otherBytes: real.sent.otherBytes / real.sent.others,
    frameHeadBytes: real.sent.frameHeadBytes / real.sent.frames,
    documentBytes: (real.sent.frameBytes - real.sent.frameHeadBytes) / real.sent.documents,
    coreChangeUs: gateway.at0 + gateway.slope,
    followedChangeUs: gateway.slope,
    checkUs,
    redisCheckUs,
    redisWriteUs: redis.at0,
    redisDeliveryUs: redis.slope,
    deliveryBytes: bytes.slope,
    redisPersonBytes: largest.redisBytes / largest.people,
    ownPersonBytes: heap.at0,
    followedPersonBytes: heap.slope,
    loadPersonUs: us(largest.join.gatewayCpu, largest.people),
    saveUs: save.at0,
    tailUs: save.slope,
  } satisfies Partial<Costs> & { coreChangeUs: number };
}
