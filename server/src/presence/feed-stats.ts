import { Durations } from '../common/durations.js';

/** Bounds around what is promised: a change is on every screen within 250 ms, the window of a frame is 60 to 100 ms. */
const FRAME_DELAY_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1];

/** What this gateway told its dashboards since it started, over all workspaces. */
export class FeedStats {
  /** Changes of documents that came in from the store. */
  changes = 0;
  /** Frames that were made: one for all dashboards that share it counts once. */
  frames = 0;
  /** Frames times the dashboards that each was sent to. */
  frameDeliveries = 0;
  /** Changes times the dashboards that were told of each, in whatever frame. */
  changeDeliveries = 0;
  /** From the first change of a window to its frames being handed to the sockets. One clock: this process's. */
  readonly frameDelays = new Durations(FRAME_DELAY_SECONDS);
}

/**
 * Counts for one workspace's dashboards: what is taken in, what is sent, and the time between. Plain additions,
 * and one observation a window.
 */
export class FeedMeter {
  /** When the first change of this window came, in milliseconds of `performance.now()`. */
  private since: number | undefined;
  private changesInWindow = 0;
  private sentInWindow = false;

  constructor(private readonly stats = new FeedStats()) {}

  /** Changes of so many documents came in, for the frame of this window. */
  took(changes: number): void {
    this.since ??= performance.now();
    this.changesInWindow += changes;
    this.stats.changes += changes;
  }

  /**
   * One frame was handed to so many sockets.
   * @param changes of how many changes it tells them; left out: of all that came in this window
   */
  sent(dashboards: number, changes = this.changesInWindow): void {
    this.sentInWindow = true;
    this.stats.frames += 1;
    this.stats.frameDeliveries += dashboards;
    this.stats.changeDeliveries += dashboards * changes;
  }

  /** The window is over, and its frames are on their way. */
  flushed(): void {
    if (this.sentInWindow && this.since !== undefined)
      this.stats.frameDelays.observe((performance.now() - this.since) / 1_000);
    this.since = undefined;
    this.changesInWindow = 0;
    this.sentInWindow = false;
  }
}
