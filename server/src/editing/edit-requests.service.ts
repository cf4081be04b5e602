import type { LeaseRequest } from '@doclight/protocol';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { DomainEvents } from '../common/domain-events.js';
import { LOGGER } from '../common/logger.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { PresenceService } from '../presence/presence.service.js';
import { Broadcaster } from '../realtime/broadcaster.js';
import { SocketFailure } from '../realtime/socket-failure.js';
import { EditLeasesService } from './edit-leases.service.js';
import { EditRequestsRepository } from './edit-requests.repository.js';
import { fateOf } from './editing.rules.js';

/** What ended longer ago than this, in seconds, is not told again after an outage: clients ask when they need to know. */
const RECENT_S = 15;
/** A timer that rings too early by the database's clock rings again, after at least this long. */
const AGAIN_MS = 50;

/** An open request, as every gateway knows it. */
interface Open {
  readonly request: LeaseRequest;
  readonly timer: NodeJS.Timeout;
}

/** Why a request that is over cannot be answered. */
const OVER: Readonly<Record<Exclude<LeaseRequest['state'], 'open'>, string>> = {
  accepted: 'The lease has gone over already.',
  declined: 'The request has been declined already.',
  expired: 'The time to answer the request is over.',
  withdrawn: 'The request has been withdrawn.',
  ended: 'The request has ended: you are not editing any more.',
};

/**
 * Questions to those who edit. They lie in the database; every gateway knows the open ones, tells its
 * own sockets, and tries what falls due: the row decides which of them did it.
 */
@Injectable()
export class EditRequestsService implements OnModuleDestroy {
  private readonly open = new Map<string, Open>();
  /** Grants that this gateway has made its own sockets follow. */
  private readonly granted = new Set<string>();
  private readonly limiter: RateLimiterMemory | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly requests: EditRequestsRepository,
    private readonly leases: EditLeasesService,
    private readonly presence: PresenceService,
    private readonly broadcaster: Broadcaster,
    private readonly events: DomainEvents,
  ) {
    const points = config.limits.editRequestsPerMinute;
    if (Number.isFinite(points)) this.limiter = new RateLimiterMemory({ points, duration: 60 });
  }

  onModuleDestroy(): void {
    for (const id of [...this.open.keys()]) this.forget(id);
  }

  /** The open ones in a document, by or to one person. */
  openOf(documentId: string, userId: string): Promise<LeaseRequest[]> {
    return this.requests.openOf(documentId, userId);
  }

  /**
   * Asks whoever edits a document to hand over, or warns them that they are about to be taken over.
   * Rights are the caller's to check.
   * @throws SocketFailure CONFLICT, RATE_LIMITED
   */
  async ask(
    kind: LeaseRequest['kind'],
    documentId: string,
    workspaceId: string,
    userId: string,
  ): Promise<LeaseRequest> {
    const view = this.presence.view(workspaceId);
    if (view.entry(documentId, userId) === null) {
      throw new SocketFailure('CONFLICT', 'You are not in the document: open it first.');
    }
    const lease = await this.leases.find(documentId);
    if (lease?.holder?.id === userId) {
      throw new SocketFailure('CONFLICT', 'You hold the lease yourself: you may edit.');
    }
    const to = lease?.holder ?? view.document(documentId).editors.find(({ id }) => id !== userId);
    if (!to) throw new SocketFailure('CONFLICT', 'Nobody else is editing: you may edit.');
    if (kind === 'take-over' && lease?.takeOverIn !== 0) throw this.tooEarly(to.name, lease?.takeOverIn);
    await this.limit(`${userId} ${documentId}`);
    const { requestSeconds, warningSeconds } = this.config.editing;
    const seconds = kind === 'ask' ? requestSeconds : warningSeconds;
    const id = await this.requests.open({ documentId, byId: userId, toId: to.id, kind, seconds });
    const request = await this.require(id);
    // One of the two may have left since the look above, before any gateway knew of the request.
    if (request.state === 'open') {
      await this.evaluate(request);
      this.events.emit('edit.requested', { workspaceId, documentId, by: request.by, to: request.to });
    }
    return request;
  }

  /** Takes back a request of one's own. @throws SocketFailure NOT_FOUND */
  async cancel(requestId: string, userId: string): Promise<LeaseRequest> {
    const request = await this.require(requestId);
    if (request.by.id !== userId) throw noSuchRequest();
    await this.requests.end(requestId, 'withdrawn');
    return this.require(requestId);
  }

  /** @throws SocketFailure NOT_FOUND, CONFLICT */
  async answer(requestId: string, accept: boolean, userId: string): Promise<LeaseRequest> {
    const request = await this.require(requestId);
    if (request.to.id !== userId) throw noSuchRequest();
    const done = accept
      ? await this.requests.grant(requestId, 'handed-over')
      : await this.requests.end(requestId, 'declined');
    // Who asked may have lost the right to edit: presence tells only of those who read and edit.
    if (accept && !done) await this.requests.end(requestId, 'withdrawn');
    const now = await this.require(requestId);
    const wanted = accept ? 'accepted' : 'declined';
    if (now.state !== 'open' && now.state !== wanted) throw new SocketFailure('CONFLICT', OVER[now.state]);
    return now;
  }

  /** A request was changed by some gateway: tells those it concerns, here. */
  async changed(requestId: string): Promise<void> {
    const request = await this.requests.find(requestId);
    if (request) this.heed(request);
    else this.forget(requestId);
  }

  /** Changes may have been missed: looks at everything again. */
  async recover(): Promise<void> {
    const recent = await this.requests.recent(RECENT_S);
    const known = new Set(recent.map(({ requestId }) => requestId));
    for (const id of [...this.open.keys()]) if (!known.has(id)) this.forget(id);
    for (const request of recent) this.heed(request);
  }

  /** Somebody came, left, turned idle or back. */
  presenceChanged(documentId: string): void {
    for (const { request } of this.open.values()) {
      if (request.documentId !== documentId) continue;
      this.evaluate(request).catch((err) => this.log.warn({ err }, 'a request to edit could not be ended'));
    }
  }

  documentDeleted(documentId: string): void {
    for (const [id, { request }] of this.open) if (request.documentId === documentId) this.forget(id);
  }

  private heed(request: LeaseRequest): void {
    const { requestId, workspaceId, documentId } = request;
    this.forget(requestId);
    if (request.state === 'open') {
      const timer = setTimeout(() => void this.due(requestId), request.secondsLeft * 1000 + AGAIN_MS);
      this.open.set(requestId, { request, timer });
    }
    // Told twice, it would end what its people have begun since.
    if (this.granted.has(requestId)) return;
    for (const { id } of [request.by, request.to]) {
      this.broadcaster.toPerson(id, workspaceId, 'edit:request', request);
    }
    if (request.state !== 'accepted') return;
    this.granted.add(requestId);
    setTimeout(() => this.granted.delete(requestId), RECENT_S * 2_000).unref();
    this.presence.yieldEdit(request.to.id, documentId);
  }

  /** The time of a request is over. */
  private async due(requestId: string): Promise<void> {
    const known = this.open.get(requestId)?.request;
    if (!known) return;
    try {
      const done =
        known.kind === 'ask'
          ? await this.requests.expire(requestId)
          : await this.requests.grant(requestId, 'taken-over');
      if (done) return;
      // Another gateway did it, it changed meanwhile, or the database's clock is behind.
      const now = await this.requests.find(requestId);
      // Or who asked may not edit any more.
      if (now?.state === 'open' && now.secondsLeft === 0) await this.requests.end(requestId, 'withdrawn');
      else await this.changed(requestId);
    } catch (err) {
      this.log.warn({ err }, 'a request to edit could not be ended');
      const again = this.open.get(requestId);
      if (!again) return;
      clearTimeout(again.timer);
      const timer = setTimeout(() => void this.due(requestId), 1_000);
      this.open.set(requestId, { request: again.request, timer });
    }
  }

  private async evaluate({ requestId, kind, by, to, documentId, workspaceId }: LeaseRequest): Promise<void> {
    const view = this.presence.view(workspaceId);
    const fate = fateOf(kind, view.entry(documentId, by.id), view.entry(documentId, to.id));
    if (fate === 'ask') await this.requests.soften(requestId, this.config.editing.requestSeconds);
    else if (fate !== 'stays') await this.requests.end(requestId, fate);
  }

  private forget(requestId: string): void {
    clearTimeout(this.open.get(requestId)?.timer);
    this.open.delete(requestId);
  }

  private async limit(key: string): Promise<void> {
    const limiter = this.limiter;
    if (!limiter) return;
    const state = await limiter.penalty(key);
    if (state.consumedPoints <= limiter.points) return;
    const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
    throw new SocketFailure('RATE_LIMITED', `You have asked often. Ask again in ${seconds} s.`);
  }

  private async require(requestId: string): Promise<LeaseRequest> {
    const request = await this.requests.find(requestId);
    if (request === null) throw noSuchRequest();
    return request;
  }

  private tooEarly(name: string, left: number | null | undefined): SocketFailure {
    const after = `after ${span(this.config.editing.idleSeconds)} without input`;
    const when = left ? `, which is in ${span(Math.ceil(left))}` : '';
    return new SocketFailure('CONFLICT', `${name} can be taken over ${after}${when}. Ask to edit instead.`);
  }
}

function noSuchRequest(): SocketFailure {
  return new SocketFailure('NOT_FOUND', 'There is no such request, or it is not yours.');
}

function span(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
