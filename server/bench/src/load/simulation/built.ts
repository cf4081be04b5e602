// What is used of the built server, told again: types from its sources would have them compiled in here.

export interface Link {
  start(): void;
  stop(): void;
}

export interface Entry {
  readonly since: number;
  readonly phase: 'read' | 'edit';
  readonly unsaved: boolean;
  readonly attention: string;
}

export interface View {
  readonly totals: { readonly reading: number; readonly editing: number };
  readonly people: { readonly activeUsers: number };
  occupied(): Iterable<{ documentId: string; readerCount: number; editorCount: number }>;
  entry(documentId: string, userId: string): Entry | null;
}

export interface Delta {
  readonly workspaceId: string;
  readonly documents: readonly object[];
  readonly people: object | null;
}

export interface Store {
  open(): Promise<void>;
  close(): Promise<void>;
  ready(workspaceId: string): Promise<void>;
  view(workspaceId: string): View;
  apply(workspaceId: string, changes: readonly object[]): Promise<readonly object[]>;
  follow(listener: (delta: Delta) => void): () => void;
  fault(): string | null;
}

type Changes = ReadonlyMap<string, readonly object[]>;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly color: string;
}

export interface Tracker {
  connect(socketId: string, user: User, workspaceIds: Iterable<string>, tab: string): Changes;
  set(socketId: string, request: object, now: number, knownSince: number | undefined): Changes;
  clear(socketId: string, documentId: string): Changes;
  attend(socketId: string, attention: string, desktop: boolean | undefined): Changes;
  hold(socketId: string): void;
  end(socketId: string): Changes;
}

export interface DashboardFeed {
  join(socketId: string, documentIds: undefined): unknown;
  leave(socketId: string): void;
  push(delta: Delta): void;
  stop(): void;
}

export interface PeopleFeed {
  welcome(socketId: string): void;
  forget(socketId: string): void;
  changed(): void;
  stop(): void;
}

export interface Built {
  readonly RedisLink: new (url: string, onError: (error: Error) => void) => Link;
  readonly RedisPresenceStore: new (link: Link, log: object) => Store;
  readonly SocketTracker: new () => Tracker;
  readonly DashboardFeed: new (workspaceId: string, view: View, sink: object) => DashboardFeed;
  readonly PeopleFeed: new (workspaceId: string, people: () => object, sink: object) => PeopleFeed;
}

/** Presence as it is built: what `npm start` runs. */
export async function loadBuilt(): Promise<Built> {
  const paths = [
    'redis/redis-link.js',
    'presence/redis-presence.store.js',
    'presence/core/socket-tracker.js',
    'presence/dashboard-feed.js',
    'presence/people-feed.js',
  ];
  const modules = await Promise.all(
    paths.map((path) => import(new URL(`../../../../dist/${path}`, import.meta.url).href)),
  );
  return Object.assign({}, ...modules) as Built;
}
