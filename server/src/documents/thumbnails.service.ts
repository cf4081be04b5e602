import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainEvents } from '../common/domain-events.js';
import { GiveUpError } from '../common/job.js';
import { notFound } from '../common/problem.js';
import { requireRole } from '../common/require-role.js';
import type { Session } from '../common/session.js';
import { DatabaseNotifications } from '../database/database-notifications.js';
import { JobsService } from '../jobs/jobs.service.js';
import { makeThumbnails, type Picture, type SmallPicture } from './image-codec.js';
import { thumbnailsJob } from './thumbnails.job.js';
import { ThumbnailsRepository } from './thumbnails.repository.js';

/** After an outage of the database's notifications, what was made within so many minutes is told again. */
const TELL_AGAIN_MINUTES = 10;

/** Makes images in small, in the background, and tells of them. */
@Injectable()
export class ThumbnailsService implements OnModuleInit {
  private heard = false;

  constructor(
    private readonly thumbnails: ThumbnailsRepository,
    private readonly jobs: JobsService,
    private readonly notifications: DatabaseNotifications,
    private readonly events: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(thumbnailsJob, ({ imageId }) => this.make(imageId));
    // Every gateway tells its own sockets, whichever of them made the pictures.
    this.notifications.subscribe('doclight_thumbnails', {
      onNotification: async (imageId) => {
        const made = await this.thumbnails.made(imageId);
        if (made) this.events.emit('thumbnails.made', made);
      },
      onListening: () => this.tellAgain(),
    });
  }

  /** @throws ProblemError NOT_FOUND */
  async get(session: Session, imageId: string, width: number): Promise<Picture> {
    const found = await this.thumbnails.find(imageId, width);
    if (found === null) throw notFound('image');
    requireRole(session, found.workspaceId, 'viewer', 'image');
    return found;
  }

  private async make(imageId: string): Promise<void> {
    const original = await this.thumbnails.original(imageId);
    if (original === null) return;
    let small: SmallPicture[];
    try {
      small = await makeThumbnails(original);
    } catch (error) {
      // It was readable when it was sent: somebody else put this one there.
      throw new GiveUpError(`the image ${imageId} cannot be read: ${(error as Error).message}`);
    }
    await this.thumbnails.store(imageId, small);
  }

  private async tellAgain(): Promise<void> {
    if (this.heard) {
      for (const made of await this.thumbnails.madeLately(TELL_AGAIN_MINUTES)) {
        this.events.emit('thumbnails.made', made);
      }
    }
    this.heard = true;
  }
}
