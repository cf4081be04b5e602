import type {
  Notice,
  NotificationList,
  NotificationListQuery,
  NotificationReadBody,
  Unread,
} from '@doclight/protocol';
import { Injectable } from '@nestjs/common';
import { notFound } from '../common/problem.js';
import type { Session } from '../common/session.js';
import { decodeNoticeCursor, encodeNoticeCursor } from './notice-cursor.js';
import { NoticesRepository } from './notices.repository.js';

/** A person's notification centre. Every tab and gateway hears of changes by the notice feed. */
@Injectable()
export class NoticesService {
  constructor(private readonly notices: NoticesRepository) {}

  /** @throws ProblemError INVALID_QUERY */
  async list(session: Session, query: NotificationListQuery): Promise<NotificationList> {
    const { limit } = query;
    const userId = session.user.id;
    const found = await this.notices.list({
      userId,
      unreadOnly: query.unread === 'true',
      after: decodeNoticeCursor(query.cursor),
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const nextCursor =
      last && found.length > limit ? encodeNoticeCursor({ at: new Date(last.updatedAt), id: last.id }) : null;
    return { notifications: page, nextCursor, ...(await this.unread(session)) };
  }

  async unread({ user }: Session): Promise<Unread> {
    const unread = await this.notices.unread([user.id]);
    return { unread: unread.get(user.id) ?? 0 };
  }

  /** Marks notices as read; ids that are not the person's are passed over. */
  async markRead(session: Session, body: NotificationReadBody): Promise<Unread> {
    await this.notices.markRead(session.user.id, 'all' in body ? 'all' : body);
    return this.unread(session);
  }

  /** @throws ProblemError NOT_FOUND */
  async setRead({ user }: Session, id: string, read: boolean): Promise<Notice> {
    const there = await this.notices.setRead(user.id, id, read);
    const [found] = there ? await this.notices.byIds([id]) : [];
    if (!found) throw notFound('notice');
    return found.notice;
  }
}
