import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainEvents } from '../common/domain-events.js';
import { Broadcaster } from '../realtime/broadcaster.js';

/** Tells this gateway's sockets what happened to documents. Every gateway tails the log for its own. */
@Injectable()
export class DocumentsListener implements OnModuleInit {
  constructor(
    private readonly events: DomainEvents,
    private readonly broadcaster: Broadcaster,
  ) {}

  onModuleInit(): void {
    this.events.on('document.saved', (saved) => {
      this.broadcaster.toWorkspace(saved.workspaceId, 'document:saved', saved);
    });
    this.events.on('document.created', (created) => {
      this.broadcaster.toWorkspace(created.document.workspaceId, 'document:created', created);
    });
    this.events.on('thumbnails.made', (made) => {
      this.broadcaster.toWorkspace(made.workspaceId, 'thumbnails:made', made);
    });
    this.events.on('document.deleted', (deleted) => {
      this.broadcaster.toWorkspace(deleted.workspaceId, 'document:deleted', deleted);
    });
  }
}
