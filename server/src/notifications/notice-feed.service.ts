import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { z } from 'zod';
import { LOGGER } from '../common/logger.js';
import { DatabaseNotifications } from '../database/database-notifications.js';
import { Broadcaster } from '../realtime/broadcaster.js';
import { NoticesRepository } from './notices.repository.js';
import { TabsService } from './tabs.service.js';

const id = z.string();
/** What `announceNotices` and the trigger on memberships send. */
const newsSchema = z.union([
  z.object({ changed: z.array(z.tuple([id, id])) }),
  z.object({ read: z.object({ userId: id, ids: z.array(id).nullable() }) }),
  z.object({ removed: z.object({ userId: id, workspaceId: id }) }),
  z.object({ offered: z.array(z.tuple([id, id, id, z.enum(['toast', 'desktop'])])) }),
]);

type News = z.infer<typeof newsSchema>;

/** Brings what changed in people's notification centres to their tabs on this gateway. */
@Injectable()
export class NoticeFeedService implements OnModuleInit {
  /** One after the other: what is read later must not be told earlier. */
  private telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly notifications: DatabaseNotifications,
    private readonly notices: NoticesRepository,
    private readonly tabs: TabsService,
    private readonly broadcaster: Broadcaster,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.notifications.subscribe('doclight_notices', {
      onNotification: (payload) => this.inTurn(() => this.tell(newsSchema.parse(JSON.parse(payload)))),
      // What was missed is not told again, but counts are right: a client that sees another one reloads.
      onListening: () => this.inTurn(() => this.tellUnread(this.tabs.people())),
    });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.telling = this.telling
      .then(work)
      .catch((err) => this.log.error({ err }, 'people could not be told of a notice'));
    return this.telling;
  }

  private async tell(news: News): Promise<void> {
    if ('changed' in news) await this.tellChanged(news.changed);
    else if ('offered' in news) await this.offer(news.offered);
    else if ('read' in news) {
      const { userId, ids } = news.read;
      if (!this.tabs.has(userId)) return;
      this.broadcaster.toUser(userId, 'notifications:read', { notificationIds: ids });
      await this.tellUnread([userId]);
    } else {
      const { userId, workspaceId } = news.removed;
      if (!this.tabs.has(userId)) return;
      this.broadcaster.toUser(userId, 'notifications:removed', { workspaceId });
      await this.tellUnread([userId]);
    }
  }

  private async tellChanged(pairs: readonly (readonly [string, string])[]): Promise<void> {
    const here = pairs.filter(([userId]) => this.tabs.has(userId));
    if (here.length === 0) return;
    for (const { userId, notice } of await this.notices.byIds(here.map(([, noticeId]) => noticeId))) {
      this.broadcaster.toUser(userId, 'notification:changed', notice);
    }
    await this.tellUnread([...new Set(here.map(([userId]) => userId))]);
  }

  private async tellUnread(userIds: readonly string[]): Promise<void> {
    const unread = await this.notices.unread(userIds);
    for (const userId of userIds) {
      this.broadcaster.toUser(userId, 'notifications:unread', { unread: unread.get(userId) ?? 0 });
    }
  }

  private async offer(offers: Extract<News, { offered: unknown }>['offered']): Promise<void> {
    const here = offers.filter(([, userId]) => this.tabs.has(userId));
    const notices = await this.notices.byIds(here.map(([, , noticeId]) => noticeId));
    const byId = new Map(notices.map(({ notice }) => [notice.id, notice]));
    for (const [offerId, userId, noticeId, way] of here) {
      const notification = byId.get(noticeId);
      const socketId = notification && this.tabs.choose(notification.workspaceId, userId, way);
      if (notification && socketId) {
        this.broadcaster.toSocket(socketId, 'notification:show', { offerId, way, notification });
      }
    }
  }
}
