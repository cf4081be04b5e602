import type { DeliveryReason } from '@doclight/protocol';
import { isQuiet } from '@doclight/protocol';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainEvents } from '../common/domain-events.js';
import { inParallel } from '../common/in-parallel.js';
import type { JobAttempt } from '../common/job.js';
import { JobsService } from '../jobs/jobs.service.js';
import { PresenceService } from '../presence/presence.service.js';
import { type Batch, pushKind } from './notification-jobs.js';
import { Pace } from './pace.js';
import { type DuePush, PushDeliveryRepository, type PushSettlement } from './push-delivery.repository.js';
import { MOST_ATTEMPTS, type PushOutcome, waitBefore } from './push-outcome.rules.js';
import { PUSH_TTL_S, PushSenderService } from './push-sender.service.js';
import { type DeviceOutcome, PushSubscriptionsRepository } from './push-subscriptions.repository.js';

/** Pushes in memory at once, in each of the jobs that run. */
const AT_ONCE = 200;
/** Pushes on their way at once, in each of the jobs that run. */
const PARALLEL = 8;
/** Outcomes are written together when there are so many: a crash sends at most these a second time. */
const WRITE_EVERY = 16;

/** Sends the pushes of a batch: whatever is to go to a browser whose person has no page open. */
@Injectable()
export class PushDeliveryService implements OnModuleInit {
  /** Until when push services asked not to be called, in milliseconds, by origin. */
  private readonly pausedUntil = new Map<string, number>();
  /** Encrypting and sending takes a millisecond or two: 10,000 at once would let everybody wait. */
  private readonly pace = new Pace();

  constructor(
    private readonly jobs: JobsService,
    private readonly deliveries: PushDeliveryRepository,
    private readonly subscriptions: PushSubscriptionsRepository,
    private readonly sender: PushSenderService,
    private readonly presence: PresenceService,
    private readonly events: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(pushKind, (batch, attempt) => this.sendBatch(batch, attempt));
  }

  private async sendBatch({ batchId }: Batch, { signal }: JobAttempt): Promise<void> {
    let after = '';
    for (;;) {
      signal.throwIfAborted();
      const due = await this.deliveries.due(batchId, after, AT_ONCE);
      const last = due.at(-1);
      if (!last) break;
      await this.presence.ready(last.workspaceId);
      await this.sendSome(due, signal);
      after = last.id;
    }
    await this.deliveries.sendRest(batchId);
  }

  private async sendSome(due: readonly DuePush[], signal: AbortSignal): Promise<void> {
    const results = new Results(this.deliveries, this.subscriptions);
    await inParallel(due, PARALLEL, async (push) => {
      await this.pace.next();
      // What is not begun is sent by the next attempt.
      if (signal.aborted) return;
      const began = performance.now();
      const { settlement, outcome } = await this.sendOne(push);
      this.events.emit('push.settled', {
        state: settlement.state,
        reason: settlement.state === 'delivered' ? null : settlement.reason,
        seconds: outcome ? (performance.now() - began) / 1_000 : null,
      });
      await results.add(settlement, push.device && outcome && { subscriptionId: push.device.id, outcome });
    });
    await results.write();
  }

  private async sendOne(push: DuePush): Promise<{ settlement: PushSettlement; outcome?: PushOutcome }> {
    const { id, device } = push;
    const reason = this.reasonToDrop(push);
    if (reason !== null || device === null) {
      return { settlement: { id, state: 'dropped', reason: reason ?? 'device-removed', tried: false } };
    }
    const { origin } = new URL(device.endpoint);
    const pause = (this.pausedUntil.get(origin) ?? 0) - Date.now();
    if (pause > 0) {
      return { settlement: { id, state: 'waiting', reason: 'rate-limited', delayMs: pause, tried: false } };
    }
    this.pausedUntil.delete(origin);
    const outcome = await this.sender.send(device, push.payload);
    if (outcome.kind === 'later' && outcome.reason === 'rate-limited' && outcome.notBeforeMs !== null) {
      this.pausedUntil.set(origin, Date.now() + outcome.notBeforeMs);
    }
    return { settlement: settlementOf(push, outcome), outcome };
  }

  /** Much can have happened since it was decided: rights above all. */
  private reasonToDrop(push: DuePush): DeliveryReason | null {
    if (!push.isMember) return 'no-access';
    if (push.device === null) return 'device-removed';
    if (push.documentGone) return 'document-gone';
    if (push.read) return 'read';
    if (Date.now() - push.createdAt.getTime() > PUSH_TTL_S * 1000) return 'expired';
    const { workspaceId, documentId, userId } = push;
    if (documentId !== null && this.presence.isLooking(workspaceId, documentId, userId)) return 'looking';
    return push.quietHours && isQuiet(push.quietHours, new Date()) ? 'quiet-hours' : null;
  }
}

function settlementOf({ id, attempts }: DuePush, outcome: PushOutcome): PushSettlement {
  if (outcome.kind === 'sent') return { id, state: 'delivered' };
  const { reason } = outcome;
  if (outcome.kind !== 'later') return { id, state: 'dropped', reason, tried: true };
  const delayMs =
    attempts + 1 >= MOST_ATTEMPTS ? null : waitBefore(attempts + 1, outcome.notBeforeMs, Math.random());
  return delayMs === null
    ? { id, state: 'dropped', reason, tried: true }
    : { id, state: 'waiting', reason, delayMs, tried: true };
}

/** Gathers what became of pushes, and writes it a few at a time. */
class Results {
  private settlements: PushSettlement[] = [];
  private outcomes: DeviceOutcome[] = [];

  constructor(
    private readonly deliveries: PushDeliveryRepository,
    private readonly subscriptions: PushSubscriptionsRepository,
  ) {}

  async add(settlement: PushSettlement, outcome: DeviceOutcome | null | undefined): Promise<void> {
    this.settlements.push(settlement);
    if (outcome) this.outcomes.push(outcome);
    if (this.settlements.length >= WRITE_EVERY) await this.write();
  }

  async write(): Promise<void> {
    const { settlements, outcomes } = this;
    this.settlements = [];
    this.outcomes = [];
    await this.deliveries.settle(settlements);
    await this.subscriptions.record(outcomes);
  }
}
