import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainEvents } from '../common/domain-events.js';
import { PersonalNoticesService } from './personal-notices.service.js';

/** Hears of what is told to people, and is in no database. */
@Injectable()
export class NotificationsListener implements OnModuleInit {
  constructor(
    private readonly events: DomainEvents,
    private readonly notices: PersonalNoticesService,
  ) {}

  onModuleInit(): void {
    this.events.on('document.opened', ({ workspaceId, documentId, by }) =>
      this.notices.opened(workspaceId, documentId, by),
    );
    this.events.on('edit.requested', ({ workspaceId, documentId, by, to }) =>
      this.notices.askedToEdit(workspaceId, documentId, by, to),
    );
  }
}
