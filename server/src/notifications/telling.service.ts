import type { NotificationType } from '@doclight/protocol';
import { isQuiet } from '@doclight/protocol';
import { Injectable } from '@nestjs/common';
import { DomainEvents } from '../common/domain-events.js';
import { PresenceService } from '../presence/presence.service.js';
import { type FanOutStep, type Subject, type Telling, TellingRepository } from './telling.repository.js';
import { wayOf } from './ways.rules.js';

/** Somebody whom something concerns. */
export interface Recipient {
  readonly userId: string;
  readonly type: NotificationType;
  readonly count: number;
}

/** Tells people of something, each in the way that fits where they are. */
@Injectable()
export class TellingService {
  constructor(
    private readonly telling: TellingRepository,
    private readonly presence: PresenceService,
    private readonly events: DomainEvents,
  ) {}

  /**
   * @param recipients never the person who did it
   * @param step how far the fan-out is with these; undefined: they are all
   */
  async tell(subject: Subject, recipients: readonly Recipient[], step?: FanOutStep): Promise<void> {
    const { workspaceId, document } = subject;
    await this.presence.ready(workspaceId);
    const contacts = await this.telling.contacts(recipients.map(({ userId }) => userId));
    const now = new Date();
    const tellings = recipients.flatMap(({ userId, type, count }): Telling[] => {
      const contact = contacts.get(userId);
      const way = wayOf({
        looking: document !== null && this.presence.isLooking(workspaceId, document.id, userId),
        reach: this.presence.reach(workspaceId, userId),
        devices: contact?.devices.length ?? 0,
        quiet: contact?.quietHours != null && isQuiet(contact.quietHours, now),
      });
      return way.kind === 'nothing' ? [] : [{ userId, type, count, way }];
    });
    if (tellings.length === 0 && !step) return;
    await this.telling.tell(subject, tellings, contacts, step);
    this.events.emit('people.told', { ways: tellings.map(({ way }) => way.kind) });
  }
}
