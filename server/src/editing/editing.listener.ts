import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { DomainEvents } from '../common/domain-events.js';
import { DatabaseNotifications } from '../database/database-notifications.js';
import { PresenceService } from '../presence/presence.service.js';
import { EditLeasesService } from './edit-leases.service.js';
import { EditRequestsService } from './edit-requests.service.js';

/** What the repositories notify. */
const payloadSchema = z.union([z.object({ lease: z.string() }), z.object({ request: z.string() })]);

/** Hears what any gateway changed, and where people go. */
@Injectable()
export class EditingListener implements OnModuleInit, OnModuleDestroy {
  private unfollow: (() => void) | undefined;

  constructor(
    private readonly notifications: DatabaseNotifications,
    private readonly events: DomainEvents,
    private readonly presence: PresenceService,
    private readonly leases: EditLeasesService,
    private readonly requests: EditRequestsService,
  ) {}

  onModuleInit(): void {
    this.notifications.subscribe('doclight_editing', {
      onNotification: (payload) => {
        const change = payloadSchema.parse(JSON.parse(payload));
        return 'lease' in change ? this.leases.changed(change.lease) : this.requests.changed(change.request);
      },
      onListening: async () => {
        await this.leases.recover();
        await this.requests.recover();
      },
    });
    this.unfollow = this.presence.follow(({ documents }) => {
      for (const { documentId } of documents) {
        this.leases.presenceChanged(documentId);
        this.requests.presenceChanged(documentId);
      }
    });
    this.events.on('document.deleted', ({ documentId }) => {
      this.leases.forget(documentId);
      this.requests.documentDeleted(documentId);
    });
  }

  onModuleDestroy(): void {
    this.unfollow?.();
  }
}
