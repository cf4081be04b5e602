import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../common/logger.js';
import type { Session } from '../common/session.js';
import type { Client } from '../realtime/client.js';
import { SocketFailure } from '../realtime/socket-failure.js';
import { type ClientListener, SocketServerService } from '../realtime/socket-server.service.js';
import { PresenceService } from './presence.service.js';
import { PresenceFeedService } from './presence-feed.service.js';

/** Presence over the socket: what clients send, and what their coming and going means. */
@Injectable()
export class PresenceGateway implements OnModuleInit, ClientListener {
  constructor(
    private readonly sockets: SocketServerService,
    private readonly presence: PresenceService,
    private readonly feed: PresenceFeedService,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.sockets.addListener(this);
    this.sockets.handle('presence:set', async (client, request) => ({
      presence: await this.presence.set(client, request),
    }));
    this.sockets.handle('presence:clear', async (client, { documentId }) => {
      await this.presence.clear(client, documentId);
      return {};
    });
    this.sockets.handle('dashboard:join', async (client, { workspaceId, documentIds }) => {
      await this.feed.ready(workspaceId);
      if (!client.session.roles.has(workspaceId)) {
        throw new SocketFailure('NOT_FOUND', 'There is no such workspace, or you have no access to it.');
      }
      // Gone while it waited: nobody would ever take its subscription away.
      if (!client.socket.connected) throw new SocketFailure('NOT_FOUND', 'The connection has ended.');
      return this.feed.joinDashboard(client.id, workspaceId, documentIds);
    });
    this.sockets.handle('dashboard:leave', (client, { workspaceId }) => {
      this.feed.leaveDashboard(client.id, workspaceId);
      return {};
    });
  }

  connected(client: Client): void {
    this.presence
      .connected(client)
      .then(() => this.feed.sendCounts(client.id, client.session.roles.keys()))
      .catch((err) => this.log.error({ err }, 'a person could not be counted'));
  }

  disconnected(client: Client, ended: boolean): void {
    this.feed.leave(client.id, client.session.roles.keys());
    this.presence.disconnected(client, ended);
  }

  accessChanged(client: Client, before: Session): void {
    const { roles } = client.session;
    this.feed.leave(
      client.id,
      [...before.roles.keys()].filter((id) => !roles.has(id)),
    );
    this.presence.accessChanged(client, before);
    this.feed.sendCounts(
      client.id,
      [...roles.keys()].filter((id) => !before.roles.has(id)),
    );
  }
}
