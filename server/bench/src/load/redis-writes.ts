import { type Latency, latencyOf } from '../figures.js';
import { inParallel } from './pace.js';

export interface RedisWritesInput {
  readonly redisUrl: string;
  readonly workspaces: number;
  /** Writes that wait for their answers at the same time. */
  readonly atOnce: number;
  readonly writes: number;
}

export interface RedisWritesResult {
  readonly writes: number;
  readonly seconds: number;
  readonly latency: Latency;
}

// What is used of the built server, told again: types from its sources would have them compiled in here.
interface Link {
  start(): void;
  stop(): void;
}
interface Store {
  open(): Promise<void>;
  close(): Promise<void>;
  ready(workspaceId: string): Promise<void>;
  apply(workspaceId: string, changes: readonly object[]): Promise<unknown>;
  fault(): string | null;
}

function built<T>(path: string): Promise<T> {
  return import(new URL(`../../../dist/${path}`, import.meta.url).href) as Promise<T>;
}

/** People change phase in the store itself: what is built of the server, without sockets before it. */
export async function redisWrites(input: RedisWritesInput): Promise<RedisWritesResult> {
  const { redisUrl, workspaces, atOnce, writes } = input;
  const { RedisLink } = await built<{
    RedisLink: new (url: string, onError: (error: Error) => void) => Link;
  }>('redis/redis-link.js');
  const { RedisPresenceStore } = await built<{ RedisPresenceStore: new (link: Link, log: object) => Store }>(
    'presence/redis-presence.store.js',
  );
  const { pino } = await import('pino');
  const link = new RedisLink(redisUrl, (error) => {
    throw error;
  });
  link.start();
  const store = new RedisPresenceStore(link, pino({ level: 'silent' }));
  await store.open();
  const ids = Array.from({ length: workspaces }, (_, i) => `workspace-${i}`);
  await Promise.all(ids.map((id) => store.ready(id)));
  const delays: number[] = [];
  const write = async (_: unknown, i: number): Promise<void> => {
    const person = i % (workspaces * atOnce);
    const user = { id: `user-${person}`, name: `Visitor ${person}`, color: '#7c3aed' };
    const begun = performance.now();
    await store.apply(ids[i % workspaces] as string, [
      {
        kind: 'document',
        documentId: `document-${person}`,
        userId: user.id,
        entry: {
          user,
          phase: Math.floor(i / (workspaces * atOnce)) % 2 === 0 ? 'read' : 'edit',
          since: 1_700_000_000_000,
          unsaved: false,
          attention: 'active',
        },
      },
    ]);
    delays.push(performance.now() - begun);
  };
  await inParallel(Array.from({ length: Math.ceil(writes / 5) }), atOnce, write);
  delays.length = 0;
  const begun = performance.now();
  await inParallel(Array.from({ length: writes }), atOnce, write);
  const seconds = (performance.now() - begun) / 1_000;
  const fault = store.fault();
  if (fault !== null) throw new Error(fault);
  await store.close();
  link.stop();
  return { writes, seconds, latency: latencyOf(delays) };
}
