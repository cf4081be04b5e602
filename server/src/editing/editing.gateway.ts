import type { EditStatus } from '@doclight/protocol';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Client } from '../realtime/client.js';
import { SocketServerService } from '../realtime/socket-server.service.js';
import { EditingService } from './editing.service.js';

/** The right of way in editing, over the socket. */
@Injectable()
export class EditingGateway implements OnModuleInit {
  constructor(
    private readonly sockets: SocketServerService,
    private readonly editing: EditingService,
  ) {}

  onModuleInit(): void {
    const { sockets, editing } = this;
    sockets.handle('edit:status', ({ session }, { documentId }): Promise<EditStatus> => {
      return editing.status(session, documentId);
    });
    sockets.handle('edit:acquire', ({ session }, { documentId }) => editing.acquire(session, documentId));
    sockets.handle('edit:ask', async ({ session }: Client, { documentId }) => ({
      request: await editing.ask(session, documentId, 'ask'),
    }));
    sockets.handle('edit:take-over', async ({ session }, { documentId }) => ({
      request: await editing.ask(session, documentId, 'take-over'),
    }));
    sockets.handle('edit:cancel', async ({ session }, { requestId }) => ({
      request: await editing.cancel(session, requestId),
    }));
    sockets.handle('edit:answer', async ({ session }, { requestId, accept }) => ({
      request: await editing.answer(session, requestId, accept),
    }));
  }
}
