import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SocketServerService } from '../realtime/socket-server.service.js';
import { DocumentsService } from './documents.service.js';

/** Saves over the socket. */
@Injectable()
export class DocumentsGateway implements OnModuleInit {
  constructor(
    private readonly sockets: SocketServerService,
    private readonly documents: DocumentsService,
  ) {}

  onModuleInit(): void {
    this.sockets.handle('document:update', ({ session }, { documentId, revision, lease, ...change }) =>
      this.documents.save(session, documentId, { revisions: [revision], lease }, change),
    );
  }
}
