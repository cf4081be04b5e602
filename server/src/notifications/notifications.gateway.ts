import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PresenceService } from '../presence/presence.service.js';
import { SocketServerService } from '../realtime/socket-server.service.js';
import { NoticesService } from './notices.service.js';
import { OffersService } from './offers.service.js';

/** Notifications over the socket: tabs tell how their person can be reached, and claim what they were offered. */
@Injectable()
export class NotificationsGateway implements OnModuleInit {
  constructor(
    private readonly sockets: SocketServerService,
    private readonly presence: PresenceService,
    private readonly notices: NoticesService,
    private readonly offers: OffersService,
  ) {}

  onModuleInit(): void {
    this.sockets.handle('attention:set', async (client, { attention, desktop }) => {
      await this.presence.attend(client, attention, desktop);
      return this.notices.unread(client.session);
    });
    this.sockets.handle('notification:claim', async (client, { offerId }) => ({
      show: await this.offers.claim(client.session.user.id, offerId),
    }));
  }
}
