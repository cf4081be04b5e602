import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.js';
import type { Gateway } from '../stack/gateway.js';
import { type Identity, Rest } from '../stack/rest.js';
import { until } from '../world.js';
import { Api } from './api.js';
import { type Follower, Poller, Subscriber } from './follower.js';
import type { Revised, Told } from './records.js';
import { judge, type Verdict } from './verdict.js';
import { type Desk, Writer } from './writer.js';

const WRITERS = 6;
const SUBSCRIBERS = 3;
const DOCUMENTS = 12;
/** Between the save that a kill was drawn for and the kill, in milliseconds at most. */
const JITTER_MS = 40;
/** After the last save, everybody has been told of everything within this time. */
const TOLD_MS = 20_000;
/** Requests at once while the history is read. */
const READERS = 4;

/** One run: so many acknowledged saves, and so many kills on the way. */
export interface RunOptions {
  readonly database: string;
  readonly server: Gateway;
  readonly mint: (count: number) => Promise<Identity[]>;
  readonly random: Random;
  readonly saves: number;
  readonly kills: number;
}

/** What came of it. */
export interface RunOutcome extends Verdict {
  readonly database: string;
  readonly kills: number;
  readonly acknowledged: number;
  readonly conflicts: number;
  /** Saves that were sent and never answered, whether they were made or not. */
  readonly withoutAnswer: number;
  readonly events: number;
  readonly followers: number;
  /** Those of them that heard of every event. */
  readonly toldAll: number;
  /** Milliseconds from the first save to the last one. */
  readonly ms: number;
}

/** Lets people save while the server is killed and started again, then looks at what is left. */
export async function run(options: RunOptions): Promise<RunOutcome> {
  const { database, server, random, saves, kills } = options;
  await server.start();
  const minted = (await options.mint(WRITERS + SUBSCRIBERS + 2)).map(
    (identity) => new Api(server.url, identity),
  );
  const take = (): Api => {
    const api = minted.pop();
    if (!api) throw new Error('fewer people were minted than asked for');
    return api;
  };
  const reader = take();
  const workspaceId = await new Rest(server.url, server.url, reader.identity).workspaceId();
  const start = (await reader.events(workspaceId, '0')).last;
  const documentIds: string[] = [];
  for (let i = 1; i <= DOCUMENTS; i += 1)
    documentIds.push((await reader.create(workspaceId, `Document ${i}`)).id);

  const desk: Desk = {
    random,
    documentIds,
    acknowledged: [],
    sent: new Set(),
    conflicts: 0,
    unanswered: 0,
    isOpen: () => desk.acknowledged.length < saves,
  };
  const followers: Follower[] = [
    ...Array.from(
      { length: SUBSCRIBERS },
      (_, i) => new Subscriber(`subscriber ${i + 1}`, take(), server.url, workspaceId, start),
    ),
    new Poller('poller', take(), workspaceId, start),
  ];
  const writers = Array.from(
    { length: WRITERS },
    (_, i) => new Writer(`W${i + 1}`, take(), server.url, desk),
  );
  const begun = performance.now();
  await Promise.all([
    ...writers.map((writer) => writer.write()),
    kill(server, desk, draw(random, saves, kills)),
  ]);
  const ms = performance.now() - begun;

  const log = await readLog(reader, workspaceId, start);
  await until(TOLD_MS, () => log.every(({ eventId }) => followers.every((one) => one.has(eventId))));
  for (const follower of followers) follower.end();
  const history = await readHistory(reader, documentIds);
  const heard = followers.map((follower) => follower.heard);
  const { acknowledged, sent, conflicts, unanswered } = desk;
  return {
    ...judge({ acknowledged, sent, history, log, heard }),
    ...{ database, kills, conflicts, ms },
    acknowledged: acknowledged.length,
    withoutAnswer: unanswered,
    events: log.length,
    followers: followers.length,
    toldAll: followers.filter((one) => log.every(({ eventId }) => one.has(eventId))).length,
  };
}

/** After how many acknowledged saves the kills come, in order. */
function draw(random: Random, saves: number, kills: number): number[] {
  return Array.from({ length: kills }, () => Math.floor(random.between(1, saves))).sort((a, b) => a - b);
}

async function kill(
  server: Gateway,
  { acknowledged, random }: Desk,
  moments: readonly number[],
): Promise<void> {
  for (const moment of moments) {
    while (acknowledged.length < moment) await delay(1);
    await delay(random.between(0, JITTER_MS));
    await server.kill();
    await server.start();
  }
}

async function readLog(api: Api, workspaceId: string, start: string): Promise<Told[]> {
  const byId = new Map<string, Told>();
  for (let from = start; ; ) {
    const { events, last, more } = await api.events(workspaceId, from);
    for (const event of events) byId.set(event.eventId, event);
    if (!more) return [...byId.values()];
    from = last;
  }
}

async function readHistory(api: Api, documentIds: readonly string[]): Promise<Map<string, Revised[]>> {
  const history = new Map<string, Revised[]>();
  const waiting = [...documentIds];
  const read = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift())
      history.set(id, await api.history(id));
  };
  await Promise.all(Array.from({ length: READERS }, read));
  return history;
}
