import type { Attention, ClientPayload, Phase } from '@doclight/protocol';
import { createStore, type Store } from '../store';

/** What this tab says of its person: where they are and what they do there. */
export interface OwnPresence {
  readonly documentId: string;
  readonly phase: Phase;
  readonly unsaved: boolean;
}

/** Sends to the server; both are best effort, and repeated on every connect. */
export interface PresenceTransport {
  set(payload: ClientPayload<'presence:set'>): void;
  clear(documentId: string): void;
}

/** Long enough for the next page to mount, short enough not to be noticed. */
const LEAVE_AFTER_MS = 150;

/**
 * Says where this tab is. Leaving is held back for a moment: when the next page is about the same
 * document (read to edit), one `presence:set` carries the change and nobody sees a gap. A reload or
 * a closed tab says nothing here: the server knows how long to wait.
 */
export class OwnPresenceKeeper {
  readonly store: Store<OwnPresence | null> = createStore<OwnPresence | null>(null);
  readonly #transport: PresenceTransport;
  #attention: Attention = 'active';
  #leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(transport: PresenceTransport) {
    this.#transport = transport;
  }

  /** Is in a document with that phase; called again for a new phase or flag. */
  enter(next: OwnPresence): void {
    clearTimeout(this.#leaving);
    const current = this.store.get();
    if (current && current.documentId !== next.documentId) this.#transport.clear(current.documentId);
    if (
      current?.documentId === next.documentId &&
      current.phase === next.phase &&
      current.unsaved === next.unsaved
    )
      return;
    this.store.set(next);
    this.announce();
  }

  /** Has left that document, unless it is entered again at once. */
  leave(documentId: string): void {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.leaveNow(documentId), LEAVE_AFTER_MS);
  }

  /** Has left that document, without the moment of grace: it is gone. */
  leaveNow(documentId: string): void {
    if (this.store.get()?.documentId !== documentId) return;
    this.store.set(null);
    this.#transport.clear(documentId);
  }

  /** Forgets where this tab is, without a word: the connection ends. */
  forget(): void {
    clearTimeout(this.#leaving);
    this.store.set(null);
  }

  attend(attention: Attention): void {
    if (attention === this.#attention) return;
    this.#attention = attention;
    this.announce();
  }

  /** Sends everything as it is now: after each change, and after each connect. */
  announce(): void {
    const current = this.store.get();
    if (current) this.#transport.set({ ...current, attention: this.#attention });
  }
}
