/** A dropped tab that is back within this time, in milliseconds, has never been away for anybody. */
const BACK_WITHIN_MS = 3_000;
/** What is told of a person's earlier leaving may come this much later, in milliseconds. */
const LAG_MS = 2_000;

/** A tab's stay in a document, as it should look from outside. Times are in milliseconds. */
interface Hold {
  readonly documentId: string;
  readonly from: number;
  /** Undefined while it lasts. */
  to?: number;
  /** It ended by a loss of the connection, and goes on where the tab is back in time. */
  dropped?: boolean;
}

/** Somebody who was seen to leave. */
export interface Leave {
  readonly at: number;
  readonly documentId: string;
  readonly userId: string;
  readonly seenBy: string;
}

/**
 * Remembers when which tab was in which document without interruption, so that afterwards it can be
 * said which leaves should not have been seen.
 */
export class Holds {
  /** By user id, then by tab. */
  private readonly tabs = new Map<string, Map<string, Hold[]>>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The server has acknowledged that a tab is in a document. */
  held(userId: string, tab: string, documentId: string): void {
    const holds = this.of(userId, tab);
    const last = holds.at(-1);
    if (last?.documentId === documentId) {
      if (last.to === undefined) return;
      if (last.dropped && this.now() - last.to <= BACK_WITHIN_MS) {
        delete last.to;
        delete last.dropped;
        return;
      }
    }
    holds.push({ documentId, from: this.now() });
  }

  /** A tab leaves its document, on purpose. */
  left(userId: string, tab: string): void {
    this.end(userId, tab, false);
  }

  /** A tab lost its connection. */
  dropped(userId: string, tab: string): void {
    this.end(userId, tab, true);
  }

  /** Leaves of people who had been there, in some tab, well before and still were. */
  wrong(leaves: readonly Leave[]): Leave[] {
    return leaves.filter(({ at, userId, documentId }) =>
      [...(this.tabs.get(userId)?.values() ?? [])].some((holds) =>
        holds.some(
          (hold) =>
            hold.documentId === documentId &&
            hold.from <= at - LAG_MS &&
            (hold.to === undefined || hold.to > at),
        ),
      ),
    );
  }

  private end(userId: string, tab: string, dropped: boolean): void {
    const last = this.of(userId, tab).at(-1);
    if (!last) return;
    if (last.to === undefined) {
      last.to = this.now();
      last.dropped = dropped;
    } else if (!dropped) last.dropped = false;
  }

  private of(userId: string, tab: string): Hold[] {
    const tabs = this.tabs.get(userId) ?? new Map<string, Hold[]>();
    this.tabs.set(userId, tabs);
    const holds = tabs.get(tab) ?? [];
    tabs.set(tab, holds);
    return holds;
  }
}
