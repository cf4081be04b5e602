import { pino } from 'pino';
import type { Built, DashboardFeed, Delta, Link, PeopleFeed, Store, Tracker, User, View } from './built.js';

/** What went to screens, were they there. */
export interface Sent {
  /** Frames of presence, each to one dashboard. */
  frames: number;
  frameBytes: number;
  /** Of them what is not documents, and how many documents there were. */
  frameHeadBytes: number;
  documents: number;
  /** Everything else: documents to who is in them, and counters; each to one socket. */
  others: number;
  otherBytes: number;
}

interface Feeds {
  readonly dashboards: DashboardFeed;
  readonly people: PeopleFeed;
}

/** The name of the event and the framing of Socket.IO around a payload, in bytes: `42["presence:diff",…]`. */
const FRAMING_BYTES = 20;

/** Socket ids by what they belong to, and how many there are of each. */
class Audience {
  private readonly counts = new Map<string, number>();

  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  add(key: string, by: 1 | -1): void {
    const count = this.of(key) + by;
    if (count === 0) this.counts.delete(key);
    else this.counts.set(key, count);
  }

  keys(): string[] {
    return [...this.counts.keys()];
  }
}

/**
 * One gateway without its sockets: the tracker, the store and the feeds that a server has, put together as
 * `PresenceService` and `PresenceFeedService` do, with a count in place of every screen.
 */
export class SimulatedGateway {
  readonly sent: Sent = {
    frames: 0,
    frameBytes: 0,
    frameHeadBytes: 0,
    documents: 0,
    others: 0,
    otherBytes: 0,
  };
  /** Changes that the store was told. */
  writes = 0;
  /** Batches of any gateway that came to be seen here, and those of them that changed a document. */
  batches = 0;
  visible = 0;
  /** Times that somebody came into a document: every gateway is told of each by the Socket.IO adapter. */
  opened = 0;
  /** Times that Redis was given up. */
  losses = 0;
  private readonly tracker: Tracker;
  private readonly link: Link;
  private readonly feeds = new Map<string, Feeds>();
  private readonly connected = new Audience();
  private readonly dashboards = new Audience();
  private readonly inside = new Audience();
  readonly store: Store;

  constructor(
    private readonly built: Built,
    redisUrl: string,
  ) {
    this.tracker = new built.SocketTracker();
    this.link = new built.RedisLink(redisUrl, () => {});
    this.link.start();
    const log = pino({ level: 'warn' }, { write: () => this.note() });
    this.store = new built.RedisPresenceStore(this.link, log);
    this.store.follow((delta) => this.push(delta));
  }

  async stop(): Promise<void> {
    await this.store.close();
    for (const { dashboards, people } of this.feeds.values()) {
      dashboards.stop();
      people.stop();
    }
    this.link.stop();
  }

  /** Workspaces in which somebody is connected here. */
  followed(): string[] {
    return this.connected.keys();
  }

  async connect(socketId: string, user: User, workspaceId: string, tab: string): Promise<void> {
    this.connected.add(workspaceId, 1);
    await this.tell(this.tracker.connect(socketId, user, new Set([workspaceId]), tab));
    await this.store.ready(workspaceId);
    this.of(workspaceId).people.welcome(socketId);
  }

  /** The socket dropped; `end` is due after the grace. */
  drop(socketId: string, workspaceId: string): void {
    this.connected.add(workspaceId, -1);
    this.of(workspaceId).people.forget(socketId);
    this.tracker.hold(socketId);
  }

  end(socketId: string): Promise<void> {
    return this.tell(this.tracker.end(socketId));
  }

  showDashboard(socketId: string, workspaceId: string): void {
    this.dashboards.add(workspaceId, 1);
    this.of(workspaceId).dashboards.join(socketId, undefined);
  }

  hideDashboard(socketId: string, workspaceId: string): void {
    this.dashboards.add(workspaceId, -1);
    this.of(workspaceId).dashboards.leave(socketId);
  }

  enter(documentId: string): void {
    this.inside.add(documentId, 1);
  }

  leave(documentId: string): void {
    this.inside.add(documentId, -1);
  }

  async set(socketId: string, userId: string, request: SetRequest): Promise<void> {
    const seen = this.store.view(request.workspaceId).entry(request.documentId, userId);
    const since = seen?.phase === request.phase ? seen.since : undefined;
    await this.tell(this.tracker.set(socketId, request, Date.now(), since));
  }

  clear(socketId: string, documentId: string): Promise<void> {
    return this.tell(this.tracker.clear(socketId, documentId));
  }

  attend(socketId: string, attention: string): Promise<void> {
    return this.tell(this.tracker.attend(socketId, attention, undefined));
  }

  private async tell(changes: ReadonlyMap<string, readonly object[]>): Promise<void> {
    this.writes += changes.size;
    const told = [...changes].map(([workspaceId, more]) => this.store.apply(workspaceId, more));
    const entered = (await Promise.all(told)).flat();
    this.opened += entered.length;
  }

  private note(): void {
    if (this.store.fault() !== null) this.losses += 1;
  }

  private push(delta: Delta): void {
    this.batches += 1;
    if (delta.documents.length > 0) this.visible += 1;
    const { dashboards, people } = this.of(delta.workspaceId);
    dashboards.push(delta);
    if (delta.people) people.changed();
  }

  /** The only place that knows how feeds are told where to send. */
  private of(workspaceId: string): Feeds {
    const known = this.feeds.get(workspaceId);
    if (known) return known;
    const view: View = this.store.view(workspaceId);
    const frame = (payload: { documents: readonly object[] }, audience: number) => {
      if (audience === 0) return;
      this.sent.frames += audience;
      this.sent.frameBytes += audience * bytesOf(payload);
      this.sent.frameHeadBytes += audience * bytesOf({ ...payload, documents: [] });
      this.sent.documents += audience * payload.documents.length;
    };
    const other = (payload: object, audience: number) => {
      if (audience === 0) return;
      this.sent.others += audience;
      this.sent.otherBytes += audience * bytesOf(payload);
    };
    const admitted = new Set<string>();
    const feeds = {
      dashboards: new this.built.DashboardFeed(workspaceId, view, {
        toAll: (payload: { documents: readonly object[] }) => frame(payload, admitted.size),
        toOne: (_: string, payload: { documents: readonly object[] }) => frame(payload, 1),
        admit: (socketId: string) => admitted.add(socketId),
        dismiss: (socketId: string) => admitted.delete(socketId),
        toDocument: (presence: { documentId: string }) =>
          other(presence, this.inside.of(presence.documentId)),
      }),
      people: new this.built.PeopleFeed(workspaceId, () => view.people, {
        toAll: (count: object, except: readonly string[]) =>
          other(count, Math.max(0, this.connected.of(workspaceId) - except.length)),
        toOne: (_: string, count: object) => other(count, 1),
      }),
    };
    this.feeds.set(workspaceId, feeds);
    return feeds;
  }
}

function bytesOf(payload: object): number {
  return JSON.stringify(payload).length + FRAMING_BYTES;
}

export interface SetRequest {
  readonly workspaceId: string;
  readonly documentId: string;
  readonly phase: 'read' | 'edit';
  readonly unsaved: boolean;
  readonly attention: string;
}
