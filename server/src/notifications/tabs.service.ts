import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PresenceService } from '../presence/presence.service.js';
import type { Client } from '../realtime/client.js';
import { type ClientListener, SocketServerService } from '../realtime/socket-server.service.js';
import { chooseTab, type OfferedWay } from './ways.rules.js';

/** The tabs that are connected to this gateway, by person. */
@Injectable()
export class TabsService implements OnModuleInit, ClientListener {
  private readonly byUser = new Map<string, Map<string, Client>>();

  constructor(
    private readonly sockets: SocketServerService,
    private readonly presence: PresenceService,
  ) {}

  onModuleInit(): void {
    this.sockets.addListener(this);
  }

  connected(client: Client): void {
    const { id: userId } = client.session.user;
    const tabs = this.byUser.get(userId) ?? new Map<string, Client>();
    this.byUser.set(userId, tabs.set(client.id, client));
  }

  disconnected(client: Client): void {
    const { id: userId } = client.session.user;
    const tabs = this.byUser.get(userId);
    if (tabs?.delete(client.id) && tabs.size === 0) this.byUser.delete(userId);
  }

  accessChanged(): void {}

  /** Whether a person is connected here. */
  has(userId: string): boolean {
    return this.byUser.has(userId);
  }

  /** Everybody who is connected here. */
  people(): string[] {
    return [...this.byUser.keys()];
  }

  /** The one tab here that is to show something, as far as one is fit for it. @returns its socket’s id */
  choose(workspaceId: string, userId: string, way: OfferedWay): string | null {
    const tabs = [...(this.byUser.get(userId)?.keys() ?? [])].flatMap((socketId) => {
      const reach = this.presence.reachOfTab(socketId);
      return reach ? [{ socketId, ...reach }] : [];
    });
    const attention = this.presence.reach(workspaceId, userId)?.attention ?? 'active';
    return chooseTab(way, attention, tabs)?.socketId ?? null;
  }
}
