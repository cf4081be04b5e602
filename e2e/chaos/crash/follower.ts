import { setTimeout as delay } from 'node:timers/promises';
import { ClientLink } from '../people/client-link.js';
import { type ClientSocket, openSocket } from '../people/socket.js';
import { type Api, toldOf } from './api.js';
import type { Heard, Told } from './records.js';

const AGAIN_AFTER_MS = 100;

/** A client that wants to hear of everything, as a dashboard does, and writes down what it is told. */
export interface Follower {
  readonly heard: Heard;
  has(eventId: string): boolean;
  end(): void;
}

/** What is common: catching up through the event log from the last event that is known. */
class CatchUp {
  readonly events: Told[] = [];
  private isEnded = false;
  private running: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly api: Api,
    private readonly workspaceId: string,
    /** The last event that is known. */
    public last: string,
  ) {}

  /** Asks until it has been answered to the end; one that is asked for meanwhile is made after it. */
  run(): void {
    if (this.running) this.again = true;
    else
      this.running = this.read().finally(() => {
        this.running = undefined;
        if (this.again && !this.isEnded) {
          this.again = false;
          this.run();
        }
      });
  }

  end(): void {
    this.isEnded = true;
  }

  private async read(): Promise<void> {
    for (let from = this.last; !this.isEnded; ) {
      try {
        const { events, last, more } = await this.api.events(this.workspaceId, from);
        this.events.push(...events);
        // Live events that came meanwhile are newer.
        if (this.last === from) this.last = last;
        if (!more) return;
        from = last;
      } catch {
        await delay(AGAIN_AFTER_MS);
      }
    }
  }
}

/** Stays connected as well as it can, and catches up after each loss, as the web client does. */
export class Subscriber implements Follower {
  private readonly connections: Told[][] = [];
  private readonly seen = new Set<string>();
  private readonly catchUp: CatchUp;
  private readonly socket: ClientSocket;

  constructor(
    private readonly name: string,
    api: Api,
    url: string,
    workspaceId: string,
    last: string,
  ) {
    this.catchUp = new CatchUp(api, workspaceId, last);
    this.socket = openSocket({ url, origin: url, identity: api.identity, link: new ClientLink(), tab: name });
    this.socket.on('connect', () => {
      this.connections.push([]);
      this.catchUp.run();
    });
    this.socket.on('document:created', (event) => this.take(toldOf({ type: 'document:created', ...event })));
    this.socket.on('document:saved', (event) => this.take(toldOf({ type: 'document:saved', ...event })));
  }

  get heard(): Heard {
    return { name: this.name, connections: this.connections, caughtUp: this.catchUp.events };
  }

  has(eventId: string): boolean {
    return this.seen.has(eventId) || this.catchUp.events.some((event) => event.eventId === eventId);
  }

  end(): void {
    this.catchUp.end();
    this.socket.disconnect();
  }

  private take(event: Told): void {
    this.connections.at(-1)?.push(event);
    this.seen.add(event.eventId);
    this.catchUp.last = event.eventId;
  }
}

/** Has no socket: asks for what is new, again and again. */
export class Poller implements Follower {
  private readonly catchUp: CatchUp;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly name: string,
    api: Api,
    workspaceId: string,
    last: string,
  ) {
    this.catchUp = new CatchUp(api, workspaceId, last);
    this.timer = setInterval(() => this.catchUp.run(), AGAIN_AFTER_MS);
  }

  get heard(): Heard {
    return { name: this.name, connections: [], caughtUp: this.catchUp.events };
  }

  has(eventId: string): boolean {
    return this.catchUp.events.some((event) => event.eventId === eventId);
  }

  end(): void {
    clearInterval(this.timer);
    this.catchUp.end();
  }
}
