import type { Client } from './client.js';

/** Most people have one socket: a set of one would cost as much memory as the rest of what is noted of it. */
type Index = Map<string, Client | Set<Client>>;

/** This gateway's sockets, by themselves, by person and by session. */
export class ClientRegistry {
  private readonly byId = new Map<string, Client>();
  private readonly byUser: Index = new Map();
  private readonly bySession: Index = new Map();

  add(client: Client): void {
    this.byId.set(client.id, client);
    addTo(this.byUser, client.session.user.id, client);
    addTo(this.bySession, client.session.id, client);
  }

  remove(client: Client): void {
    this.byId.delete(client.id);
    removeFrom(this.byUser, client.session.user.id, client);
    removeFrom(this.bySession, client.session.id, client);
  }

  get size(): number {
    return this.byId.size;
  }

  /** Distinct people. */
  get people(): number {
    return this.byUser.size;
  }

  /** All of them, without a copy. */
  each(): IterableIterator<Client> {
    return this.byId.values();
  }

  all(): Client[] {
    return [...this.byId.values()];
  }

  ofUser(userId: string): Client[] {
    return listOf(this.byUser.get(userId));
  }

  ofSession(sessionId: string): Client[] {
    return listOf(this.bySession.get(sessionId));
  }
}

function listOf(known: Client | Set<Client> | undefined): Client[] {
  if (known === undefined) return [];
  return known instanceof Set ? [...known] : [known];
}

function addTo(index: Index, key: string, client: Client): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, client);
  else if (known instanceof Set) known.add(client);
  else index.set(key, new Set([known, client]));
}

function removeFrom(index: Index, key: string, client: Client): void {
  const known = index.get(key);
  if (known instanceof Set) known.delete(client);
  if (known === client || (known instanceof Set && known.size === 0)) index.delete(key);
}
