import type { Session } from '../common/session.js';
import type { DoclightSocket } from './broadcaster.js';
import { TokenBucket } from './token-bucket.js';

/** One connected socket, as features know it. */
export class Client {
  readonly id: string;
  /** Who it is; replaced when their rights change. */
  session: Session;
  /** The browser tab's own name, if it told one. */
  readonly tab: string | undefined;
  /** Limits events. */
  readonly bucket: TokenBucket;
  /** The events under way: they are worked on one after the other. Null: none. */
  pending: Promise<void> | null = null;
  /** Size of the last message that came in, in bytes. */
  messageBytes = 0;

  constructor(
    readonly socket: DoclightSocket,
    session: Session,
    tab: string | undefined,
    eventsPerSecond: number,
  ) {
    this.id = socket.id;
    this.session = session;
    this.tab = tab;
    this.bucket = new TokenBucket(eventsPerSecond, Date.now());
  }
}
