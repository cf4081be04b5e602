import type { NotificationType, User } from '@doclight/protocol';
import { Injectable } from '@nestjs/common';
import { PresenceService } from '../presence/presence.service.js';
import { countTold } from './audience.rules.js';
import { FanOutRepository } from './fan-out.repository.js';
import { TellingService } from './telling.service.js';

/** Notices for those who edit a document at the moment, where they do not look at it. */
@Injectable()
export class PersonalNoticesService {
  constructor(
    private readonly presence: PresenceService,
    private readonly people: FanOutRepository,
    private readonly telling: TellingService,
  ) {}

  /** Somebody came into a document: tells those who edit it. */
  opened(workspaceId: string, documentId: string, by: User): Promise<void> {
    const editors = this.presence.editors(workspaceId, documentId).map(({ id }) => id);
    return this.tell('opened', workspaceId, documentId, by.id, editors);
  }

  /** Somebody asks the one who edits to hand over. */
  askedToEdit(workspaceId: string, documentId: string, by: User, to: User): Promise<void> {
    return this.tell('edit-requested', workspaceId, documentId, by.id, [to.id]);
  }

  private async tell(
    type: NotificationType,
    workspaceId: string,
    documentId: string,
    actorId: string,
    editors: readonly string[],
  ): Promise<void> {
    // Those who look see it in the page: most often there is nobody else, and nothing to be asked for.
    const ids = editors.filter(
      (id) => id !== actorId && !this.presence.isLooking(workspaceId, documentId, id),
    );
    if (ids.length === 0) return;
    const document = await this.people.document(documentId);
    if (!document) return;
    const members = await this.people.someMembers(workspaceId, ids);
    const bonds = await this.people.bonds({ documentId }, ids);
    const recipients = members.flatMap((member) => {
      const own = bonds.filter(({ userId }) => userId === member.userId);
      return countTold(type, member, 1, own) > 0 ? [{ userId: member.userId, type, count: 1 }] : [];
    });
    await this.telling.tell({ workspaceId, actorId, document, at: new Date() }, recipients);
  }
}
