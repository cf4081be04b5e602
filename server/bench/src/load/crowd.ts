import type { PresenceDiff } from '@doclight/protocol';
import { cpuSeconds } from '../machine.js';
import type { Identity } from '../stack.js';
import { inParallel, pace } from './pace.js';
import { Wire } from './wire.js';

export interface CrowdInput {
  readonly url: string;
  readonly pid: number;
  readonly workspaceId: string;
  readonly documentId: string;
  /** The first one watches a dashboard, the next ones come and go, the rest stay in the document. */
  readonly people: readonly Identity[];
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
  const cpuBefore = cpuSeconds(pid);
  const begun = performance.now();
  const changes = await pace(perSecond, measureMs, comeOrGo);
  const seconds = (performance.now() - begun) / 1_000;
  return {
    inside: staying.length,
    changes,
    mostDocumentBytes,
    deliveries,
    serverCpuSeconds: cpuSeconds(pid) - cpuBefore,
    countersPerSecond: Math.max(...counters.values()) / seconds,
    seconds,
  };
}
