import type { Client } from './client.js';

/** This gateway's sockets, by themselves, by person and by session. */
export class ClientRegistry {
  private readonly byId = new Map<string, Client>();
  private readonly byUser = new Map<string, Set<Client>>();
  private readonly bySession = new Map<string, Set<Client>>();

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
    return [...(this.byUser.get(userId) ?? [])];
  }

  ofSession(sessionId: string): Client[] {
    return [...(this.bySession.get(sessionId) ?? [])];
  }
}

function addTo(index: Map<string, Set<Client>>, key: string, client: Client): void {
  const clients = index.get(key);
  if (clients) clients.add(client);
  else index.set(key, new Set([client]));
}

function removeFrom(index: Map<string, Set<Client>>, key: string, client: Client): void {
  const clients = index.get(key);
  clients?.delete(client);
  if (clients?.size === 0) index.delete(key);
}
