import { isQuiet } from '@doclight/protocol';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobsService } from '../jobs/jobs.service.js';
import { PresenceService } from '../presence/presence.service.js';
import { type Batch, unclaimedKind } from './notification-jobs.js';
import { OffersRepository, type Redirection, type Unclaimed } from './offers.repository.js';
import { type Contact, TellingRepository } from './telling.repository.js';

/** What tabs were offered to show. */
@Injectable()
export class OffersService implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly offers: OffersRepository,
    private readonly tellings: TellingRepository,
    private readonly presence: PresenceService,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(unclaimedKind, (batch) => this.redirect(batch));
  }

  /** Whether a tab shows what it was offered: of all that ask one does, and none when it is too late. */
  claim(userId: string, offerId: string): Promise<boolean> {
    return this.offers.claim(userId, offerId);
  }

  /** A tab that was asleep, crashed or closed has not shown it: it goes to the person's devices instead. */
  private async redirect({ batchId }: Batch): Promise<void> {
    const unclaimed = await this.offers.unclaimed(batchId);
    const contacts = await this.tellings.contacts(unclaimed.map(({ userId }) => userId));
    const now = new Date();
    await this.offers.redirect(
      unclaimed.map((offer) => this.elsewhere(offer, contacts.get(offer.userId), now)),
    );
  }

  private elsewhere(offer: Unclaimed, contact: Contact | undefined, now: Date): Redirection {
    const { workspaceId, documentId, userId } = offer;
    if (offer.read) return { offer, reason: 'read' };
    if (documentId !== null && this.presence.isLooking(workspaceId, documentId, userId)) {
      return { offer, reason: 'looking' };
    }
    if (!contact || contact.devices.length === 0) return { offer, reason: 'not-shown' };
    if (contact.quietHours && isQuiet(contact.quietHours, now)) return { offer, reason: 'quiet-hours' };
    return { offer, devices: contact.devices };
  }
}
