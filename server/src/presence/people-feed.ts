import type { UsersCount } from '@doclight/protocol';
import type { ActivePeople } from './core/presence-types.js';

/** The counter changes at most this often on a screen, in milliseconds. */
export const COUNT_WINDOW_MS = 1_000;

/** How many people are active in one workspace, folded to one event a second. */
export class PeopleFeed {
  private timer: NodeJS.Timeout | undefined;
  private sentAt = Number.NEGATIVE_INFINITY;
  private sent = '';

  constructor(
    private readonly workspaceId: string,
    private readonly people: () => ActivePeople,
    private readonly send: (count: UsersCount) => void,
  ) {}

  /** What a socket is told when it connects. */
  welcome(): UsersCount {
    const count = this.current();
    // If that is over before the second is, the newcomer has to be told, too, that all is as it was.
    if (JSON.stringify(count) !== this.sent) this.sent = '';
    return count;
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
    // Somebody left and came back within the second: nobody needs to know.
    if (text === this.sent) return;
    this.sent = text;
    this.sentAt = performance.now();
    this.send(count);
  }

  private current(): UsersCount {
    const { activeUsers, people } = this.people();
    return { workspaceId: this.workspaceId, activeUsers, people: [...people] };
  }
}
