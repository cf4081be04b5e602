import type { DeliveryList, DeliveryListQuery } from '@doclight/protocol';
import { Injectable } from '@nestjs/common';
import type { Session } from '../common/session.js';
import { DeliveryLogRepository } from './delivery-log.repository.js';
import { decodeNoticeCursor, encodeNoticeCursor } from './notice-cursor.js';

/** What of a person's notices went where, and why not. */
@Injectable()
export class DeliveryLogService {
  constructor(private readonly log: DeliveryLogRepository) {}

  /** Pushes that wait to be sent. */
  waiting(): Promise<number> {
    return this.log.waiting();
  }

  /** Browsers that are subscribed, of everybody. */
  devices(): Promise<number> {
    return this.log.devices();
  }

  /** @throws ProblemError INVALID_QUERY */
  async list({ user }: Session, { deviceId, cursor, limit }: DeliveryListQuery): Promise<DeliveryList> {
    const found = await this.log.list(user.id, deviceId, decodeNoticeCursor(cursor), limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const nextCursor =
      last && found.length > limit ? encodeNoticeCursor({ at: new Date(last.createdAt), id: last.id }) : null;
    return { deliveries: page, nextCursor };
  }
}
