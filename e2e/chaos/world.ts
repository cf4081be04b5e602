import { setTimeout as delay } from 'node:timers/promises';
import { Crowd } from './people/crowd.js';
import { Observer } from './people/observer.js';
import { Tab } from './people/tab.js';
import type { Random } from './random.js';
import { Holds } from './seen/holds.js';
import { type TabState, type Truth, truthOf } from './seen/truth.js';
import type { Screen } from './seen/watch.js';
import type { Gateway } from './stack/gateway.js';
import { Rest } from './stack/rest.js';
import type { Stack } from './stack/stack.js';

const DOCUMENTS = 60;
/** Those that dashboards with a filter show. */
const FILTERED = 20;
const POLL_MS = 50;

export interface WorldOptions {
  readonly stack: Stack;
  readonly random: Random;
  readonly people: number;
  readonly actionsPerSecond: number;
}

/** Everybody: the crowd behind the proxy, and at each gateway observers and one person who lives there. */
export class World {
  private constructor(
    readonly stack: Stack,
    readonly holds: Holds,
    readonly crowd: Crowd,
    readonly observers: readonly Observer[],
    /** One person at each gateway, connected past the proxy, in a document of their own. */
    readonly residents: ReadonlyMap<Gateway, Tab>,
    /** The documents of the residents, by gateway. Nobody else goes there. */
    readonly homes: ReadonlyMap<Gateway, string>,
    readonly rest: Rest,
    readonly savedId: string,
  ) {}

  /** Makes documents and people, and lets them in. */
  static async begin({ stack, random, people, actionsPerSecond }: WorldOptions): Promise<World> {
    const minted = await stack.mint(people + stack.gateways.length * 4);
    const next = (): (typeof minted)[number] => {
      const identity = minted.pop();
      if (!identity) throw new Error('fewer people were minted than asked for');
      return identity;
    };
    const rest = new Rest(stack.url, stack.url, next());
    const workspaceId = await rest.workspaceId();
    const documentIds: string[] = [];
    for (let i = 0; i < DOCUMENTS; i += 1) {
      documentIds.push((await rest.createDocument(workspaceId, `Document ${i}`)).id);
    }
    const holds = new Holds();
    const filter = new Set(documentIds.slice(0, FILTERED));
    const origin = stack.url;
    const observers: Observer[] = [];
    const residents = new Map<Gateway, Tab>();
    const homes = new Map<Gateway, string>();
    for (const gateway of stack.gateways) {
      const observe = (kind: string, some?: ReadonlySet<string>): void => {
        observers.push(new Observer(`${gateway.name}/${kind}`, gateway, next(), origin, workspaceId, some));
      };
      observe('all');
      observe('some', filter);
      const { id } = await rest.createDocument(workspaceId, `Home at ${gateway.name}`);
      const resident = new Tab({ url: gateway.url, origin, identity: next(), holds });
      resident.go({ documentId: id, phase: 'read', unsaved: false, attention: 'active' });
      residents.set(gateway, resident);
      homes.set(gateway, id);
    }
    const crowd = new Crowd({
      url: stack.url,
      workspaceId,
      documentIds,
      people: minted.slice(0, people),
      random,
      holds,
      actionsPerSecond,
    });
    crowd.arrive();
    const { id: savedId } = await rest.createDocument(workspaceId, 'Saved again and again');
    return new World(stack, holds, crowd, observers, residents, homes, rest, savedId);
  }

  /** Who is where, by the sockets that are alive now. */
  truth(): Truth {
    return truthOf(this.states());
  }

  /** What is on the screens of a gateway's observers now, where they have been told. */
  screens(): Screen[] {
    return this.watching()
      .filter(({ dashboard }) => dashboard.isLive)
      .map(({ name, dashboard }) => ({ name, shown: dashboard.shown, documentIds: dashboard.documentIds }));
  }

  /** The observers of gateways that run: those of another one have nobody to be told by. */
  watching(): Observer[] {
    return this.observers.filter(({ gateway }) => gateway.isRunning);
  }

  observersOf(gateway: Gateway): Observer[] {
    return this.observers.filter((observer) => observer.gateway === gateway);
  }

  end(): void {
    this.crowd.end();
    for (const resident of this.residents.values()) resident.close();
    for (const observer of this.observers) observer.end();
  }

  private *states(): Iterable<TabState> {
    yield* this.crowd.states();
    for (const { state } of [...this.residents.values(), ...this.observers]) if (state) yield state;
  }
}

/**
 * Waits until something holds.
 * @param within in milliseconds
 * @returns after how many milliseconds it did; null where it did not in time
 */
export async function until(within: number, holds: () => boolean | Promise<boolean>): Promise<number | null> {
  const begun = performance.now();
  for (;;) {
    if (await holds()) return performance.now() - begun;
    if (performance.now() - begun > within) return null;
    await delay(POLL_MS);
  }
}
