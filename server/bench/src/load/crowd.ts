import { setTimeout as delay } from 'node:timers/promises';
import type { PresenceDiff } from '@doclight/protocol';
import { cpuSeconds } from '../machine.js';
import type { Identity } from '../stack.js';
import { inParallel, pace } from './pace.js';
import { Wire } from './wire.js';

/** How long a guest stays, in milliseconds. */
const GUEST_MS = 200;

export interface CrowdInput {
  readonly url: string;
  readonly pid: number;
  readonly workspaceId: string;
  readonly documentId: string;
  /** The first one watches a dashboard, the next ones come into the document and go, the rest stay in it. */
  readonly people: readonly Identity[];
  /** They connect for a moment, one after the other, so that the counter never stands still. */
  readonly guests: readonly Identity[];
  readonly comers: number;
  readonly perSecond: number;
  readonly measureMs: number;
}

export interface CrowdResult {
  readonly inside: number;
  readonly changes: number;
  /** Largest part of a dashboard's frame that a document took. */
  readonly mostDocumentBytes: number;
  /** Frames about the document to the people in it. */
  readonly deliveries: number;
  readonly serverCpuSeconds: number;
  /** Most counter frames that a person got in a second, on average over the run. */
  readonly countersPerSecond: number;
  readonly seconds: number;
}

/** Many people are in one document, and some more come and go. */
export async function crowd(input: CrowdInput): Promise<CrowdResult> {
  const { url, pid, workspaceId, documentId, people, comers, perSecond, measureMs } = input;
  const wires = await inParallel(people, 50, ({ cookie }) => Wire.connect(url, cookie));
  const [screen, ...others] = wires;
  if (!screen) throw new Error('a crowd needs people');
  const coming = others.slice(0, comers);
  const staying = others.slice(comers);
  let deliveries = 0;
  const counters = new Map<Wire, number>();
  for (const wire of staying) {
    counters.set(wire, 0);
    wire.onEvent = (text) => {
      if (text.startsWith('["document:presence"')) deliveries += 1;
      else if (text.startsWith('["users:count"')) counters.set(wire, (counters.get(wire) ?? 0) + 1);
    };
  }
  let mostDocumentBytes = 0;
  await screen.ask('dashboard:join', { workspaceId });
  screen.onDiff = (frame) => {
    const [, { documents }] = JSON.parse(frame.toString('utf8', 2)) as [string, PresenceDiff];
    for (const document of documents) {
      mostDocumentBytes = Math.max(mostDocumentBytes, Buffer.byteLength(JSON.stringify(document)));
    }
  };
  await inParallel(staying, 20, (wire) => wire.ask('presence:set', { documentId, phase: 'read' }));

  const comeOrGo = (i: number): void => {
    const wire = coming[i % coming.length] as Wire;
    const isComing = Math.floor(i / coming.length) % 2 === 0;
    const asked = isComing
      ? wire.ask('presence:set', { documentId, phase: 'edit' })
      : wire.ask('presence:clear', { documentId });
    asked.catch((error) => {
      throw error;
    });
  };
  const warmUp = coming.length * 2;
  await pace(perSecond, (warmUp / perSecond) * 1_000, comeOrGo);
  deliveries = 0;
  for (const wire of staying) counters.set(wire, 0);
  let measuring = true;
  const visit = async (): Promise<void> => {
    for (const { cookie } of input.guests) {
      if (!measuring) return;
      const guest = await Wire.connect(url, cookie);
      await delay(GUEST_MS);
      guest.close();
    }
  };
  const cpuBefore = cpuSeconds(pid);
  const begun = performance.now();
  const visits = visit();
  const changes = await pace(perSecond, measureMs, comeOrGo);
  measuring = false;
  const seconds = (performance.now() - begun) / 1_000;
  const serverCpuSeconds = cpuSeconds(pid) - cpuBefore;
  await visits;
  return {
    inside: staying.length,
    changes,
    mostDocumentBytes,
    deliveries,
    serverCpuSeconds,
    countersPerSecond: Math.max(...counters.values()) / seconds,
    seconds,
  };
}
