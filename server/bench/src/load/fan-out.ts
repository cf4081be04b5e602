import { setTimeout as delay } from 'node:timers/promises';
import type { DashboardSnapshot, DocumentPresence, PresenceDiff } from '@doclight/protocol';
import WebSocket from 'ws';
import type { BareChange } from '../bare/status.js';
import { type Latency, latencyOf } from '../figures.js';
import { cpuSeconds } from '../machine.js';
import type { Identity } from '../stack.js';
import { inParallel, pace } from './pace.js';
import { Wire } from './wire.js';

/**
 * From one document that changes to the next: a prime, so that every one has its turn, and none after its neighbour,
 * which is on the same screens.
 */
const STRIDE = 1_543;
/** Dashboards whose frames are read, and not only counted. */
const SAMPLES = 8;
const CONNECT_AT_ONCE = 50;
/** What is on its way when the writers stop has arrived after this long at most, in milliseconds. */
const MOST_SETTLE_MS = 1_000;
/** How far the bytes of the samples may be from those of all dashboards, as a share. */
const SAMPLES_OFF = 0.05;

export interface FanOutInput {
  readonly server: 'doclight' | 'ws' | 'socketio';
  /** Dashboards and writers are spread over these. */
  readonly urls: readonly string[];
  readonly pids: readonly number[];
  readonly workspaceId: string;
  readonly documentIds: readonly string[];
  /** One for each dashboard, then one for each writer. */
  readonly people: readonly Identity[];
  readonly dashboards: number;
  /** How many of the documents a dashboard shows; all where left out. */
  readonly shown?: number;
  readonly perSecond: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Whether the writers leave their documents in the end, so that the next run finds the server as this one did. */
  readonly leaves?: boolean;
}

export interface FanOutResult {
  readonly changes: number;
  /** Changes that came to a dashboard, over all dashboards. */
  readonly deliveries: number;
  readonly frames: number;
  readonly bytes: number;
  /** Of all servers together. */
  readonly serverCpuSeconds: number;
  readonly loadCpuSeconds: number;
  readonly seconds: number;
  readonly latency: Latency;
}

/** A dashboard, whatever the server. */
interface Screen {
  readonly frames: () => number;
  readonly bytes: () => number;
  watch(onDocument: (document: DocumentPresence) => void): void;
}

interface Writer {
  set(documentId: string, phase: 'read' | 'edit'): void;
  leave(documentId: string): Promise<unknown>;
}

/** Many people change phase in many documents, and dashboards see it. */
export async function fanOut(input: FanOutInput): Promise<FanOutResult> {
  const { documentIds, dashboards, perSecond, warmUpMs, measureMs, pids } = input;
  const connect = input.server === 'ws' ? connectBare : connectWire;
  const { screens, writers } = await connect(input);

  const writerOf = (document: number): Writer => writers[document % writers.length] as Writer;
  const phases = new Map<string, 'read' | 'edit'>();
  const sentAt = new Map<string, number>();
  const write = (n: number): void => {
    const i = n * STRIDE;
    const documentId = documentIds[i % documentIds.length] as string;
    const phase = phases.get(documentId) === 'edit' ? 'read' : 'edit';
    phases.set(documentId, phase);
    sentAt.set(documentId, performance.now());
    writerOf(i % documentIds.length).set(documentId, phase);
  };
  const delays: number[] = [];
  let seen = 0;
  let measuring = false;
  // Spread over all: whoever is told first waits for nobody.
  const samples = Array.from(
    { length: Math.min(SAMPLES, screens.length) },
    (_, i) => screens[Math.floor(((i + 0.5) * screens.length) / SAMPLES)] as Screen,
  );
  for (const screen of samples) {
    screen.watch(({ documentId, status }) => {
      if (!measuring) return;
      seen += 1;
      // A later change of the same document is on its way: the delay of this one is not known any more.
      if (phases.get(documentId) !== status) return;
      delays.push(performance.now() - (sentAt.get(documentId) ?? Number.NaN));
    });
  }

  // Everybody is in a document before it is measured: entering one is more than a change.
  await pace(Math.max(perSecond, 500), (documentIds.length / Math.max(perSecond, 500)) * 1_000, write);
  await pace(perSecond, warmUpMs, write);
  const sum = (count: (screen: Screen) => number): number =>
    screens.reduce((all, one) => all + count(one), 0);
  const cpu = (): number => pids.reduce((all, pid) => all + cpuSeconds(pid), 0);
  const sampleBytes = (): number => samples.reduce((all, one) => all + one.bytes(), 0);
  const before = {
    frames: sum((s) => s.frames()),
    bytes: sum((s) => s.bytes()),
    sampleBytes: sampleBytes(),
    cpu: cpu(),
  };
  const loadBefore = process.cpuUsage();
  const begun = performance.now();
  measuring = true;
  const changes = await pace(perSecond, measureMs, write);
  const seconds = (performance.now() - begun) / 1_000;
  const serverCpuSeconds = cpu() - before.cpu;
  const { user, system } = process.cpuUsage(loadBefore);
  const frames = sum((s) => s.frames()) - before.frames;
  const bytes = sum((s) => s.bytes()) - before.bytes;
  const deliveries = input.server === 'doclight' ? Math.round((seen / samples.length) * dashboards) : frames;
  if (input.server === 'doclight') {
    requireTypical((sampleBytes() - before.sampleBytes) / samples.length, bytes / dashboards, bytes / frames);
  }
  // Their delays are counted too: those that wait longest would else be left out.
  await delay(Math.min(MOST_SETTLE_MS, measureMs / 4));
  if (input.leaves)
    await inParallel(documentIds, CONNECT_AT_ONCE, (documentId, i) => writerOf(i).leave(documentId));
  return {
    changes,
    deliveries,
    frames,
    bytes,
    serverCpuSeconds,
    loadCpuSeconds: (user + system) / 1e6,
    seconds,
    latency: latencyOf(delays),
  };
}

/**
 * Deliveries are counted on a few dashboards and multiplied, which holds only where those get what all get.
 * @param sample bytes that a counted dashboard got on average
 * @param typical the same of all
 * @param frame bytes of one frame: at either end of a run it may have come to some and not yet to others
 */
function requireTypical(sample: number, typical: number, frame: number): void {
  if (Math.abs(sample - typical) <= SAMPLES_OFF * typical + frame) return;
  throw new Error(
    `the ${SAMPLES} dashboards that are read got ${Math.round(sample)} bytes each, all ${Math.round(typical)}: they do not stand for the others`,
  );
}

async function connectWire(input: FanOutInput): Promise<{ screens: Screen[]; writers: Writer[] }> {
  const { people, dashboards, urls, workspaceId, documentIds, shown, server } = input;
  const wires = await inParallel(people, CONNECT_AT_ONCE, ({ cookie }, i) =>
    Wire.connect(urls[i % urls.length] as string, cookie),
  );
  const screens = wires.slice(0, dashboards);
  await inParallel(screens, CONNECT_AT_ONCE, (wire, i) =>
    wire.ask<DashboardSnapshot>('dashboard:join', {
      workspaceId,
      ...(shown === undefined ? {} : { documentIds: slice(documentIds, i * shown, shown) }),
    }),
  );
  const writers = wires.slice(dashboards).map((wire, i): Writer => {
    const { userId } = people[dashboards + i] as Identity;
    const own = server === 'socketio' ? { workspaceId, userId, name: `Visitor ${userId.slice(0, 8)}` } : {};
    return {
      set: (documentId, phase) => {
        // What is refused would make the run measure something else: it must not go unnoticed.
        wire.ask('presence:set', { documentId, phase, ...own }).catch((error) => {
          throw error;
        });
      },
      leave: async (documentId) =>
        server === 'doclight' ? wire.ask('presence:clear', { documentId }) : undefined,
    };
  });
  return {
    screens: screens.map((wire) => ({
      frames: () => wire.received.frames,
      bytes: () => wire.received.bytes,
      watch: (onDocument) => {
        wire.onDiff = (frame) => {
          const [, body] = JSON.parse(frame.toString('utf8', 2)) as [string, PresenceDiff | DocumentPresence];
          if ('documents' in body) body.documents.forEach(onDocument);
          else onDocument(body);
        };
      },
    })),
    writers,
  };
}

async function connectBare(input: FanOutInput): Promise<{ screens: Screen[]; writers: Writer[] }> {
  const { people, dashboards, urls, workspaceId } = input;
  const url = (urls[0] as string).replace('http', 'ws');
  const open = (path: string): Promise<WebSocket> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url + path, { perMessageDeflate: false, skipUTF8Validation: true });
      socket.once('open', () => resolve(socket)).once('error', reject);
    });
  const sockets = await inParallel(people, CONNECT_AT_ONCE, (_, i) =>
    open(i < dashboards ? '/dashboard' : '/writer'),
  );
  const screens = sockets.slice(0, dashboards).map((socket): Screen => {
    let frames = 0;
    let bytes = 0;
    let onDocument: ((document: DocumentPresence) => void) | undefined;
    socket.on('message', (data: Buffer) => {
      frames += 1;
      bytes += data.length;
      onDocument?.(JSON.parse(String(data)) as DocumentPresence);
    });
    return {
      frames: () => frames,
      bytes: () => bytes,
      watch: (listener) => {
        onDocument = listener;
      },
    };
  });
  const writers = sockets.slice(dashboards).map((socket, i): Writer => {
    const { userId } = people[dashboards + i] as Identity;
    const name = `Visitor ${userId.slice(0, 8)}`;
    return {
      set: (documentId, phase) =>
        socket.send(JSON.stringify({ documentId, phase, workspaceId, userId, name } satisfies BareChange)),
      leave: async () => undefined,
    };
  });
  return { screens, writers };
}

/** `count` items from a place on, going round at the end. */
function slice<T>(items: readonly T[], from: number, count: number): T[] {
  return Array.from({ length: count }, (_, i) => items[(from + i) % items.length] as T);
}
