import type { EventList, WorkspaceEvent } from '@doclight/protocol';

/** Told about each document event once. `live` is false for one that was missed and caught up with. */
export type EventListener = (event: WorkspaceEvent, live: boolean) => void;

/** How many event ids are remembered to drop what comes twice. */
const REMEMBER = 5_000;

/** The workspace that an event is about. */
export function workspaceOf(event: WorkspaceEvent): string {
  return event.type === 'document:created' ? event.document.workspaceId : event.workspaceId;
}

/**
 * The document events of this tab: each is told once, whether it came over the socket, over two
 * ways at once, or was caught up with after an interruption.
 */
export class EventLog {
  readonly #listeners = new Set<EventListener>();
  readonly #seen = new Set<string>();
  readonly #last = new Map<string, string>();

  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes one event in; one that was seen before has no effect. */
  receive(event: WorkspaceEvent, live = true): void {
    if (live) this.#last.set(workspaceOf(event), event.eventId);
    if (this.#seen.has(event.eventId)) return;
    this.#seen.add(event.eventId);
    if (this.#seen.size > REMEMBER) {
      const [oldest] = this.#seen;
      if (oldest !== undefined) this.#seen.delete(oldest);
    }
    for (const listener of [...this.#listeners]) listener(event, live);
  }

  /** Forgets what was received; listeners stay. */
  forget(): void {
    this.#seen.clear();
    this.#last.clear();
  }

  /**
   * Asks for what was missed in a workspace and tells it.
   * @param fetchAfter `GET /api/workspaces/:id/events?after=`
   * @returns false when it cannot be known what was missed: reload what is shown
   */
  async catchUp(workspaceId: string, fetchAfter: (after: string) => Promise<EventList>): Promise<boolean> {
    const after = this.#last.get(workspaceId);
    if (after === undefined) return false;
    const { events, lastEventId, truncated } = await fetchAfter(after);
    // Live events that came while we asked are newer than the answer: keep their place in the log.
    if (this.#last.get(workspaceId) === after) this.#last.set(workspaceId, lastEventId);
    for (const event of events) this.receive(event, false);
    return !truncated;
  }
}
