import { ECDH } from 'node:crypto';
import type { PushDevice, PushSubscriptionBody, PushTest } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { notFound, ProblemError } from '../common/problem.js';
import type { Session } from '../common/session.js';
import { invalid } from '../common/validation.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { deviceLabel } from './device-label.js';
import { endpointFault } from './push-endpoint.js';
import { PushSenderService } from './push-sender.service.js';
import { PushSubscriptionsRepository } from './push-subscriptions.repository.js';

/** A device is tested at most so often, in milliseconds. */
const TEST_EVERY_MS = 3_000;
const MOST_REMEMBERED = 1_000;

/** The browsers that a person is pushed notices to. */
@Injectable()
export class PushSubscriptionsService {
  /** When devices were tested last, in milliseconds, by id. */
  private readonly tested = new Map<string, number>();

  constructor(
    private readonly subscriptions: PushSubscriptionsRepository,
    private readonly sender: PushSenderService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async list(session: Session): Promise<PushDevice[]> {
    return this.subscriptions.list(session.user.id, session.id);
  }

  /**
   * Subscribes the browser of a session, or renews its subscription. An endpoint is one browser profile:
   * whoever had it before is not pushed to there any more.
   * @throws ProblemError INVALID_BODY
   */
  async subscribe(
    session: Session,
    { endpoint, keys, replaces }: PushSubscriptionBody,
    userAgent: string | undefined,
  ): Promise<PushDevice> {
    const fault = endpointFault(endpoint, this.config.push.allowedHosts);
    if (fault !== null) throw invalid('INVALID_BODY', [{ path: ['endpoint'], message: fault }]);
    if (!isPoint(keys.p256dh)) {
      throw invalid('INVALID_BODY', [{ path: ['keys', 'p256dh'], message: 'must be a point on P-256' }]);
    }
    const id = await this.subscriptions.save({
      userId: session.user.id,
      sessionId: session.id,
      endpoint,
      p256dh: keys.p256dh,
      auth: keys.auth,
      label: deviceLabel(userAgent),
      replaces,
    });
    const device = (await this.list(session)).find((one) => one.id === id);
    // The session ended meanwhile.
    if (!device) throw new ProblemError('UNAUTHENTICATED', 'Sign in first.');
    return device;
  }

  /** @throws ProblemError NOT_FOUND */
  async remove({ user }: Session, id: string): Promise<void> {
    if (!(await this.subscriptions.remove(user.id, id))) throw notFound('device');
  }

  /** Pushes a test at once. @throws ProblemError NOT_FOUND, RATE_LIMITED */
  async test({ user }: Session, id: string): Promise<PushTest> {
    const target = await this.subscriptions.target(user.id, id);
    if (!target) throw notFound('device');
    const now = Date.now();
    if (now - (this.tested.get(id) ?? 0) < TEST_EVERY_MS) {
      const seconds = String(TEST_EVERY_MS / 1000);
      throw new ProblemError(
        'RATE_LIMITED',
        `This device was tested just now. Try again in ${seconds} s.`,
        {},
        { 'Retry-After': seconds },
      );
    }
    if (this.tested.size >= MOST_REMEMBERED) this.tested.clear();
    this.tested.set(id, now);
    const outcome = await this.sender.send(target, {
      userId: user.id,
      notificationId: null,
      title: 'Notifications work',
      body: 'This is how Doclight tells you of changes on this device.',
      tag: 'test',
      url: '/',
      at: new Date(now).toISOString(),
      unread: 0,
    });
    await this.subscriptions.record([{ subscriptionId: id, outcome }]);
    return { delivered: outcome.kind === 'sent', reason: outcome.kind === 'sent' ? null : outcome.reason };
  }
}

function isPoint(p256dh: string): boolean {
  try {
    ECDH.convertKey(p256dh, 'prime256v1', 'base64url');
    return true;
  } catch {
    return false;
  }
}
