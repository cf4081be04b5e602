import { setTimeout as delay } from 'node:timers/promises';
import { cpuSeconds, residentBytes } from '../machine.js';
import type { Identity } from '../stack.js';
import { inParallel } from './pace.js';
import { Wire } from './wire.js';

export interface IdleInput {
  readonly url: string;
  readonly pid: number;
  readonly workspaceId: string;
  readonly people: readonly Identity[];
  /** Everybody comes within this time, evenly: their heartbeats are then as even, whatever a connection costs. */
  readonly arriveMs: number;
  /** Until the counters of those who came have been told and garbage is collected. */
  readonly settleMs: number;
  readonly measureMs: number;
}

export interface IdleResult {
  readonly sockets: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly serverCpuSeconds: number;
  readonly seconds: number;
}

/** Everybody looks at a dashboard on which nothing happens. */
export async function idle({
  url,
  pid,
  workspaceId,
  people,
  arriveMs,
  settleMs,
  measureMs,
}: IdleInput): Promise<IdleResult> {
  const bytesBefore = residentBytes(pid);
  const firstAt = performance.now();
  const wires = await inParallel(people, 50, async ({ cookie }, i) => {
    await delay(Math.max(0, firstAt + (i * arriveMs) / people.length - performance.now()));
    const wire = await Wire.connect(url, cookie);
    await wire.ask('dashboard:join', { workspaceId });
    return wire;
  });
  let lost = 0;
  for (const wire of wires) {
    wire.onClose = () => {
      lost += 1;
    };
  }
  await delay(settleMs);
  const cpuBefore = cpuSeconds(pid);
  const begun = performance.now();
  await delay(measureMs);
  if (lost > 0) throw new Error(`${lost} idle sockets were closed`);
  return {
    sockets: wires.length,
    bytesBefore,
    bytesAfter: residentBytes(pid),
    serverCpuSeconds: cpuSeconds(pid) - cpuBefore,
    seconds: (performance.now() - begun) / 1_000,
  };
}
