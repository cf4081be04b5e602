import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { DomainEvents } from '../common/domain-events.js';
import { DatabaseNotifications } from '../database/database-notifications.js';
import { AuthService } from './auth.service.js';

/** What the triggers on sessions and memberships send. */
const payloadSchema = z.union([
  z.object({ sessionId: z.string() }),
  z.object({ userId: z.string(), workspaceId: z.string() }),
]);

/**
 * Hears from the database when a session ends or a membership changes, whoever changed it, so that
 * it takes effect on the open sockets of every gateway.
 */
@Injectable()
export class AccessListener implements OnModuleInit {
  constructor(
    private readonly notifications: DatabaseNotifications,
    private readonly auth: AuthService,
    private readonly events: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.notifications.subscribe('doclight_access', {
      onNotification: (payload) => {
        const change = payloadSchema.parse(JSON.parse(payload));
        if ('sessionId' in change) this.auth.sessionEnded(change.sessionId);
        else this.auth.membershipChanged(change.userId, change.workspaceId);
      },
      onListening: () => {
        this.auth.heedChanges(true);
        this.events.emit('access.unknown', {});
      },
      onLost: () => this.auth.heedChanges(false),
    });
  }
}
