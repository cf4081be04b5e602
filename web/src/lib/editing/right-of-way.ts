import type {
  ClientAnswer,
  ClientEventName,
  ClientPayload,
  EditLease,
  EditStatus,
  LeaseRequest,
  Phase,
  User,
} from '@doclight/protocol';
import { createStore, type Store } from '../store';

/** A lease, with the moment from which its holder may be taken over, epoch milliseconds; null: not idle. */
export interface Lease extends EditLease {
  readonly takeOverAt: number | null;
}

/** A request to edit, with the moment at which its time is over, epoch milliseconds. */
export interface Asked extends LeaseRequest {
  readonly endsAt: number;
  /** This tab asked: it is the one that goes on to edit. */
  readonly here: boolean;
}

/** This tab must not be typed in: the document is being handed over, or is somebody else's to edit now. */
export interface Paused {
  readonly documentId: string;
  readonly reason: 'handing-over' | 'handed-over' | 'taken-over';
  /** Who edits now; null while it is being handed over. */
  readonly by: User | null;
  /** Since when, epoch milliseconds. */
  readonly at: number;
}

/** Where this tab is. */
interface Place {
  readonly documentId: string;
  readonly phase: Phase;
  readonly userId: string;
}

/** Sends an event and gives what is acknowledged; rejects where it is refused or nobody answers. */
export type Send = <E extends ClientEventName>(
  event: E,
  payload: ClientPayload<E>,
) => Promise<ClientAnswer<E>>;

/**
 * The right of way in the document this tab is in: who has it, under which token this tab saves, who
 * asks for it, and whether this tab has given it away.
 */
export class RightOfWay {
  readonly leases: Store<ReadonlyMap<string, Lease>> = createStore<ReadonlyMap<string, Lease>>(new Map());
  readonly requests: Store<ReadonlyMap<string, Asked>> = createStore<ReadonlyMap<string, Asked>>(new Map());
  readonly paused: Store<Paused | null> = createStore<Paused | null>(null);
  readonly #send: Send;
  readonly #now: () => number;
  #place: Place | null = null;
  /** What this tab holds: the document, and the token under which it saves. */
  #held: { readonly documentId: string; readonly token: number } | null = null;

  constructor(send: Send, now: () => number = Date.now) {
    this.#send = send;
    this.#now = now;
  }

  /** This tab is in a document, or in another phase there. */
  enter(place: Place): void {
    const before = this.#place;
    if (before?.documentId === place.documentId && before.phase === place.phase) return;
    if (before && before.documentId !== place.documentId) this.leave(before.documentId);
    this.#place = place;
    if (place.phase === 'read') this.#held = null;
    else void this.refresh();
  }

  /** This tab has left a document. */
  leave(documentId: string): void {
    if (this.#place?.documentId !== documentId) return;
    this.#place = null;
    this.#held = null;
    this.paused.set(null);
    this.leases.set(new Map());
    this.requests.update((all) => new Map([...all].filter(([, one]) => one.documentId !== documentId)));
  }

  /** Another person will sign in. */
  forget(): void {
    if (this.#place) this.leave(this.#place.documentId);
    this.requests.set(new Map());
  }

  /** The connection is back: what was heard of before it went may be out of date. */
  reconnected(): void {
    if (this.#place?.phase === 'edit' || this.leases.get().size > 0) void this.refresh();
  }

  /** Asks the server how things are, and takes the lease where this tab edits and nobody holds it. */
  async refresh(): Promise<void> {
    const place = this.#place;
    if (!place) return;
    const { documentId } = place;
    try {
      this.#settle(
        place,
        await this.#send(place.phase === 'edit' ? 'edit:acquire' : 'edit:status', { documentId }),
      );
    } catch {
      // Offline, or no right: asked again with the next connection or change.
    }
  }

  /** The token under which this tab saves a document, if it holds its lease as far as it knows. */
  tokenOf(documentId: string): number | undefined {
    return this.#held?.documentId === documentId ? this.#held.token : undefined;
  }

  /** A save was held back because somebody else has the lease by now: finds out, and forgets the token. */
  async fenced(documentId: string): Promise<void> {
    const place = this.#place;
    if (place?.documentId !== documentId) return;
    try {
      this.#settle(place, await this.#send('edit:status', { documentId }));
    } finally {
      if (this.#held?.documentId === documentId) this.#held = null;
    }
  }

  /** @throws SocketRequestError */
  async ask(documentId: string, kind: LeaseRequest['kind']): Promise<void> {
    const { request } = await this.#send(kind === 'ask' ? 'edit:ask' : 'edit:take-over', { documentId });
    this.#put(request, true);
  }

  /** @throws SocketRequestError */
  async cancel(requestId: string): Promise<void> {
    this.#put((await this.#send('edit:cancel', { requestId })).request);
  }

  /** @throws SocketRequestError */
  async answer(requestId: string, accept: boolean): Promise<void> {
    this.#put((await this.#send('edit:answer', { requestId, accept })).request);
  }

  /** The person has seen how a request ended. */
  dismiss(requestId: string): void {
    this.requests.update((all) => new Map([...all].filter(([id]) => id !== requestId)));
  }

  /** While the work is saved for somebody else nothing may be typed behind it. */
  freeze(documentId: string): void {
    this.paused.set({ documentId, reason: 'handing-over', by: null, at: this.#now() });
  }

  /** Types again: the hand-over did not come about, or the person edits beside the one who holds the lease. */
  resume(): void {
    this.paused.set(null);
  }

  onLease(lease: EditLease): void {
    this.#take(lease);
    // Whoever held it has gone: the next one who edits takes it.
    const { documentId, phase } = this.#place ?? {};
    if (lease.holder === null && documentId === lease.documentId && phase === 'edit') void this.refresh();
  }

  #take(lease: EditLease): void {
    const place = this.#place;
    if (place?.documentId !== lease.documentId) return;
    const known = this.leases.get().get(lease.documentId);
    if (known && known.token > lease.token) return;
    const takeOverAt = lease.takeOverIn === null ? null : this.#now() + lease.takeOverIn * 1000;
    this.leases.set(new Map([[lease.documentId, { ...lease, takeOverAt }]]));
    const held = this.#held;
    if (held && lease.token > held.token) {
      this.#held = null;
      // Who was only away for a while goes on beside the new one; who was taken over must know it.
      if (lease.how !== 'acquired' && lease.from?.id === place.userId)
        this.#pause(lease.documentId, lease.how, lease.holder);
    }
  }

  onRequest(request: LeaseRequest): void {
    const place = this.#place;
    const granted = request.state === 'accepted' && request.to.id === place?.userId;
    if (granted && place?.documentId === request.documentId && this.#held) {
      this.#held = null;
      this.#pause(request.documentId, request.kind === 'ask' ? 'handed-over' : 'taken-over', request.by);
    }
    this.#put(request);
  }

  #pause(documentId: string, reason: 'handed-over' | 'taken-over', by: User | null): void {
    // The tab that hands over knows: it is on its way to the reading page.
    if (this.paused.get()?.reason === 'handing-over') return;
    this.paused.set({ documentId, reason, by, at: this.#now() });
  }

  #settle(place: Place, { lease, requests }: EditStatus): void {
    if (this.#place?.documentId !== place.documentId) return;
    if (lease) {
      this.#take(lease);
      const mine = lease.holder?.id === place.userId && this.#place.phase === 'edit';
      if (mine) this.#held = { documentId: lease.documentId, token: lease.token };
    }
    const open = new Set(requests.map(({ requestId }) => requestId));
    for (const asked of this.requests.get().values()) {
      if (asked.documentId !== place.documentId || asked.state !== 'open' || open.has(asked.requestId))
        continue;
      // It ended while this tab was not connected.
      const granted = asked.by.id === place.userId && lease?.holder?.id === place.userId;
      this.#put({ ...asked, state: granted ? 'accepted' : 'ended' });
    }
    for (const request of requests) this.#put(request);
  }

  /** Keeps what is open, and how one's own ended until it has been seen. */
  #put(request: LeaseRequest, here = false): void {
    const { requestId } = request;
    const known = this.requests.get().get(requestId);
    const asked = {
      ...request,
      endsAt: this.#now() + request.secondsLeft * 1000,
      here: here || (known?.here ?? false),
    };
    // An answer that was overtaken by what came of it.
    if (known && known.state !== 'open' && request.state === 'open') return;
    const mine = asked.by.id === this.#place?.userId;
    const keep = asked.state === 'open' || (mine && asked.state !== 'withdrawn');
    this.requests.update((all) => {
      const next = new Map(all);
      if (keep) next.set(requestId, asked);
      else next.delete(requestId);
      return next;
    });
  }
}
