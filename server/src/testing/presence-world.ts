import { randomUUID } from 'node:crypto';
import type { User } from '@doclight/protocol';
import { pino } from 'pino';
import type { Entry, PresenceChange } from '../presence/core/presence-types.js';
import type { PresenceStore } from '../presence/presence.store.js';
import { RedisPresenceStore } from '../presence/redis-presence.store.js';
import { RedisLink } from '../redis/redis-link.js';
import { OwnRedis } from './own-redis.js';
import {
  type FullPicture,
  type Picture,
  PresenceModel,
  pictureOfFold,
  pictureOfStore,
} from './presence-model.js';
import { PresenceScreen } from './presence-screen.js';
import { TcpProxy } from './tcp-proxy.js';

const LOOK_EVERY_MS = 10;
/** What the filtered screens show. */
const SHOWN = ['a', 'b'];

const user = (id: string): User => ({ id, name: id, color: '#1d4ed8' });

/** A gateway's presence store on a wire of its own to Redis, with two dashboards. */
export class WorldGateway {
  readonly screens: readonly PresenceScreen[];
  /** What its view lacked of what must be seen, whenever it changed. */
  readonly missed: string[] = [];
  /** `document user` that has to be seen here from now on, without a break. */
  readonly mustSee = new Set<string>();
  /** Version of every batch that the store told of. */
  readonly versions: number[] = [];

  constructor(
    readonly name: string,
    readonly store: PresenceStore,
    readonly proxy: TcpProxy,
    private readonly link: RedisLink,
    private readonly workspaceId: string,
  ) {
    this.screens = [new PresenceScreen(store, workspaceId), new PresenceScreen(store, workspaceId, SHOWN)];
    store.follow(({ version }) => {
      this.versions.push(version);
      this.look();
    });
  }

  get picture(): FullPicture {
    return pictureOfStore(this.store.view(this.workspaceId));
  }

  /** Ends in good order. */
  async close(): Promise<void> {
    for (const screen of this.screens) screen.close();
    await this.store.close();
    await this.vanish();
  }

  /** Ends as with SIGKILL: Redis hears nothing of it. */
  async die(): Promise<void> {
    for (const screen of this.screens) screen.close();
    await this.vanish();
    await this.store.close();
  }

  private async vanish(): Promise<void> {
    this.link.stop();
    await this.proxy.stop();
  }

  private look(): void {
    const { documents } = this.picture;
    for (const one of this.mustSee) {
      const [documentId = '', userId = ''] = one.split(' ');
      if (!documents[documentId]?.some((line) => line.startsWith(`${userId} `))) this.missed.push(one);
    }
  }
}

/** Several gateways in one workspace on a Redis of their own, and what everybody should see. */
export class PresenceWorld {
  readonly workspaceId = randomUUID();
  readonly gateways: WorldGateway[] = [];
  private readonly model = new PresenceModel();
  private opened = 0;

  private constructor(readonly redis: OwnRedis) {}

  /** Begins with one person, in document `a`, on each gateway: `p1`, `p2` and so on. */
  static async open(count: number): Promise<PresenceWorld> {
    const world = new PresenceWorld(await OwnRedis.start());
    for (let i = 0; i < count; i += 1) {
      const gateway = await world.join();
      const person = gateway.name.replace('g', 'p');
      await world.connect(gateway, person);
      await world.enter(gateway, person, 'a', i === 0 ? 'edit' : 'read');
    }
    await world.converges(5_000);
    return world;
  }

  /** One more gateway. */
  async join(): Promise<WorldGateway> {
    const proxy = await TcpProxy.start(this.redis.port);
    const link = new RedisLink(`redis://127.0.0.1:${proxy.port}`, () => {});
    link.start();
    const store = new RedisPresenceStore(link, pino({ level: 'silent' }));
    await store.open();
    await store.ready(this.workspaceId);
    this.opened += 1;
    const gateway = new WorldGateway(`g${this.opened}`, store, proxy, link, this.workspaceId);
    this.gateways.push(gateway);
    return gateway;
  }

  gateway(number: number): WorldGateway {
    const found = this.gateways.find(({ name }) => name === `g${number}`);
    if (!found) throw new Error(`there is no gateway ${number}`);
    return found;
  }

  connect(gateway: WorldGateway, userId: string): Promise<void> {
    return this.tell(gateway, { kind: 'connection', userId, user: user(userId) });
  }

  /** Somebody is in a document from now on, in that phase. */
  async enter(
    gateway: WorldGateway,
    userId: string,
    documentId: string,
    phase: Entry['phase'],
    flags: Partial<Pick<Entry, 'unsaved' | 'attention' | 'since'>> = {},
  ): Promise<void> {
    const facts = { phase, since: 1_000, unsaved: false, attention: 'active' as const, ...flags };
    await this.tell(gateway, {
      kind: 'document',
      documentId,
      userId,
      entry: { user: user(userId), ...facts },
    });
    // Its own people are seen on a gateway always, whatever becomes of Redis.
    gateway.mustSee.add(`${documentId} ${userId}`);
  }

  leave(gateway: WorldGateway, userId: string, documentId: string): Promise<void> {
    gateway.mustSee.delete(`${documentId} ${userId}`);
    return this.tell(gateway, { kind: 'document', documentId, userId, entry: null });
  }

  /** A gateway ends as with SIGKILL; its people should be seen no more. */
  async die(gateway: WorldGateway): Promise<void> {
    await gateway.die();
    this.forget(gateway);
  }

  /** A gateway ends in good order; its people, who come back nowhere, should be seen no more. */
  async close(gateway: WorldGateway): Promise<void> {
    await gateway.close();
    this.forget(gateway);
  }

  /** From now on nobody may go missing on any gateway, not for a moment. */
  nobodyMayLeave(): void {
    const all = this.gateways.flatMap(({ mustSee }) => [...mustSee]);
    for (const { mustSee } of this.gateways) for (const one of all) mustSee.add(one);
  }

  /** The id under which a gateway is known in Redis now: that of its own person. */
  async idOf(gateway: WorldGateway): Promise<string | undefined> {
    const fields = await this.redis.ask<string[]>('HKEYS', `doclight:{${this.workspaceId}}:entries`);
    const suffix = `\n${gateway.name.replace('g', 'p')}`;
    return fields.find((field) => field.startsWith('c\n') && field.endsWith(suffix))?.split('\n')[1];
  }

  /** What is wrong: a line for each gateway or screen that does not show what it should. */
  differences(): string[] {
    const { documents, totals, people } = this.model.picture();
    const all = { documents, totals };
    const shown = {
      documents: Object.fromEntries(Object.entries(documents).filter(([id]) => SHOWN.includes(id))),
      totals,
    };
    const expected = canonical({ ...all, people });
    const wrong: string[] = [];
    for (const { name, picture, screens } of this.gateways) {
      if (canonical(picture) !== expected) wrong.push(`${name}: ${canonical(picture)} and not ${expected}`);
      for (const [i, screen] of screens.entries()) {
        const is = canonical(pictureOfFold(screen.view));
        const should = canonical(i === 0 ? all : shown);
        if (is !== should) wrong.push(`${name} screen ${i}: ${is} and not ${should}`);
      }
    }
    return wrong;
  }

  /** Waits until every gateway and every screen shows exactly what it should. @throws after `withinMs` */
  async converges(withinMs: number): Promise<void> {
    await until(
      () => this.differences().length === 0,
      withinMs,
      () => this.differences().join('\n'),
    );
  }

  /** What was broken of what holds whatever happens: that versions grow, and whom to see always. */
  breaches(): string[] {
    return this.gateways.flatMap(({ name, versions, screens, missed }) => [
      ...(grows(versions) ? [] : [`${name}: versions ${versions.join(' ')}`]),
      ...screens
        .filter((screen) => !grows(screen.versions))
        .map((screen) => `${name} sent ${screen.versions.join(' ')}`),
      ...missed.map((one) => `${name} did not show ${one}`),
    ]);
  }

  /** Ends all, without a word to Redis. */
  async dispose(): Promise<void> {
    this.redis.resume();
    await Promise.all(this.gateways.map((gateway) => gateway.die()));
    await this.redis.kill();
  }

  private forget(gateway: WorldGateway): void {
    this.model.forget(gateway.name);
    this.gateways.splice(this.gateways.indexOf(gateway), 1);
  }

  private async tell(gateway: WorldGateway, change: PresenceChange): Promise<void> {
    this.model.tell(gateway.name, [change]);
    await gateway.store.apply(this.workspaceId, [change]);
  }
}

/** Waits for something to hold. @throws Error with `complaint` when it does not in time */
export async function until(
  holds: () => boolean | Promise<boolean>,
  withinMs: number,
  complaint: () => string,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`After ${withinMs} ms: ${complaint()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function grows(versions: readonly number[]): boolean {
  return versions.every((version, i) => i === 0 || version > (versions[i - 1] ?? 0));
}

/** As text, whatever the order of keys. */
function canonical({ documents, ...rest }: Picture & Partial<FullPicture>): string {
  const sorted = Object.entries(documents).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ documents: sorted, ...rest });
}
