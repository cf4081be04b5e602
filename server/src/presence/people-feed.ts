import type { UsersCount } from '@doclight/protocol';
import type { ActivePeople } from './core/presence-types.js';

/** The counter changes at most this often on a screen, in milliseconds. */
export const COUNT_WINDOW_MS = 1_000;

/** Where counts go: the broadcaster, or a test. */
export interface CountSink {
  /** To everyone of the workspace but some sockets. */
  toAll(count: UsersCount, exceptSocketIds: readonly string[]): void;
  toOne(socketId: string, count: UsersCount): void;
}

/** How many people are active in one workspace, folded to one event a second. */
export class PeopleFeed {
  private timer: NodeJS.Timeout | undefined;
  private sentAt = Number.NEGATIVE_INFINITY;
  /** What everyone has been told last. */
  private sent = '';
  /** Who came since, and was told something else. */
  private readonly newcomers = new Map<string, string>();

  constructor(
    private readonly workspaceId: string,
    private readonly people: () => ActivePeople,
    private readonly sink: CountSink,
  ) {}

  /** Tells a socket that connects. */
  welcome(socketId: string): void {
    const count = this.current();
    const text = JSON.stringify(count);
    if (text !== this.sent) {
      this.newcomers.set(socketId, text);
      this.changed();
    }
    this.sink.toOne(socketId, count);
  }

  /** A socket is gone, or is no longer of this workspace: it is told nothing more by itself. */
  forget(socketId: string): void {
    this.newcomers.delete(socketId);
  }

  /** Somebody connected or left: everyone is told now, or when the second is over. */
  changed(): void {
    if (this.timer) return;
    const wait = Math.max(0, this.sentAt + COUNT_WINDOW_MS - performance.now());
    this.timer = setTimeout(() => this.flush(), wait);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private flush(): void {
    this.timer = undefined;
    const count = this.current();
    const text = JSON.stringify(count);
    const newcomers = [...this.newcomers];
    this.newcomers.clear();
    if (text === this.sent) {
      // Somebody left and came back within the second: only who came in between was told otherwise.
      for (const [socketId, told] of newcomers) if (told !== text) this.sink.toOne(socketId, count);
      return;
    }
    this.sent = text;
    this.sentAt = performance.now();
    const informed = newcomers.filter(([, told]) => told === text);
    this.sink.toAll(
      count,
      informed.map(([socketId]) => socketId),
    );
  }

  private current(): UsersCount {
    const { activeUsers, people } = this.people();
    return { workspaceId: this.workspaceId, activeUsers, people: [...people] };
  }
}
