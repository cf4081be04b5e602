import type { DashboardSnapshot } from '@doclight/protocol';
import { type Latency, latencyOf } from '../figures.js';
import { cpuSeconds } from '../machine.js';
import type { Identity } from '../stack.js';
import { inParallel } from './pace.js';
import { Wire } from './wire.js';

export interface ConnectInput {
  readonly url: string;
  readonly pid: number;
  readonly workspaceId: string;
  readonly people: readonly Identity[];
  readonly atOnce: number;
  /** Connections before the measured ones. */
  readonly warmUp: number;
}

export interface ConnectResult {
  readonly connects: number;
  readonly seconds: number;
  readonly serverCpuSeconds: number;
  readonly latency: Latency;
}

/** Everybody connects, signs in by the cookie, joins the dashboard and has the snapshot. */
export async function connectAll({
  url,
  pid,
  workspaceId,
  people,
  atOnce,
  warmUp,
}: ConnectInput): Promise<ConnectResult> {
  const delays: number[] = [];
  const enter = async ({ cookie }: Identity): Promise<void> => {
    const begun = performance.now();
    const wire = await Wire.connect(url, cookie);
    await wire.ask<DashboardSnapshot>('dashboard:join', { workspaceId });
    delays.push(performance.now() - begun);
  };
  await inParallel(people.slice(0, warmUp), atOnce, enter);
  delays.length = 0;
  const cpuBefore = cpuSeconds(pid);
  const begun = performance.now();
  const measured = people.slice(warmUp);
  await inParallel(measured, atOnce, enter);
  return {
    connects: measured.length,
    seconds: (performance.now() - begun) / 1_000,
    serverCpuSeconds: cpuSeconds(pid) - cpuBefore,
    latency: latencyOf(delays),
  };
}
