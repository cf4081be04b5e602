import type { Attention, ClientPayload, DocumentPresence, User } from '@doclight/protocol';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { hasRole } from '../common/access.rules.js';
import { DomainEvents } from '../common/domain-events.js';
import { Durations, SHORT_SECONDS } from '../common/durations.js';
import { LOGGER } from '../common/logger.js';
import type { Session } from '../common/session.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { DocumentIndexService } from '../documents/document-index.service.js';
import { Broadcaster } from '../realtime/broadcaster.js';
import type { Client } from '../realtime/client.js';
import { SocketFailure } from '../realtime/socket-failure.js';
import type { Reach } from './core/presence-types.js';
import { type ChangesByWorkspace, SocketTracker } from './core/socket-tracker.js';
import { type Entered, PRESENCE_STORE, type PresenceStore, type Reaped } from './presence.store.js';

/**
 * How long a dropped socket is kept before anyone is told, in milliseconds. The contract promises
 * 3 s to come back in and 5 s until a closed tab is gone: this leaves room for the way on both sides.
 */
export const GRACE_MS = 3_500;

/** A socket that dropped, until it is let go. */
interface Grace {
  readonly timer: NodeJS.Timeout;
  readonly session: Session;
}

/** Who of this gateway's sockets is where: checks rights, tracks, tells the store. */
@Injectable()
export class PresenceService implements OnModuleInit, OnModuleDestroy {
  private readonly tracker = new SocketTracker();
  /** From telling the store of a change to seeing it here as everybody does. One clock: this process's. */
  readonly storeDelays = new Durations(SHORT_SECONDS);
  /** Sockets that dropped and are held, by their id. */
  private readonly graces = new Map<string, Grace>();

  constructor(
    @Inject(PRESENCE_STORE) private readonly store: PresenceStore,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly documents: DocumentIndexService,
    private readonly broadcaster: Broadcaster,
    private readonly events: DomainEvents,
  ) {}

  async onModuleInit(): Promise<void> {
    this.events.on('document.deleted', ({ documentId }) => {
      const { socketIds, changes } = this.tracker.removeDocument(documentId);
      for (const socketId of socketIds) this.broadcaster.leaveDocument(socketId, documentId);
      this.tell(changes);
    });
    this.events.on('session.ended', ({ sessionId }) => {
      for (const [id, { session }] of this.graces) if (session.id === sessionId) this.release(id);
    });
    this.events.on('membership.changed', ({ userId, workspaceId }) => this.letGo(userId, workspaceId));
    await this.store.open();
  }

  /** People are about to be on another gateway: nobody is told that they left this one. */
  async onModuleDestroy(): Promise<void> {
    for (const { timer } of this.graces.values()) clearTimeout(timer);
    await this.store.close();
  }

  /** What does not work, for people who operate the server; null: all is well. */
  fault(): string | null {
    return this.store.fault();
  }

  /** What this gateway removed of others that are gone. */
  get reaped(): Reaped {
    return this.store.reaped;
  }

  /** Resolves when the socket's person counts as connected. */
  async connected({ id, session, tab }: Client): Promise<void> {
    const changes = this.tracker.connect(id, session.user, session.roles, tab);
    await this.apply(changes);
    await Promise.all([...session.roles.keys()].map((workspaceId) => this.store.ready(workspaceId)));
  }

  /** @param ended the server closed the socket: it is gone now; else it may be back within the grace */
  disconnected({ id, session }: Client, ended: boolean): void {
    if (ended) {
      this.tell(this.tracker.end(id));
      return;
    }
    this.tracker.hold(id);
    this.graces.set(id, { session, timer: setTimeout(() => this.release(id), GRACE_MS) });
  }

  accessChanged({ id, session }: Client, before: Session): void {
    const mayEdit = (workspaceId: string) => hasRole(session.roles.get(workspaceId), 'editor');
    const inside = this.tracker.documentsOf(id);
    this.tell(this.tracker.restrict(id, session.roles.keys(), mayEdit, Date.now()));
    for (const { documentId, workspaceId } of inside) {
      const lost = before.roles.has(workspaceId) && !session.roles.has(workspaceId);
      if (lost) this.broadcaster.leaveDocument(id, documentId);
    }
  }

  /**
   * Enters a document, changes phase or updates flags.
   * @throws SocketFailure NOT_FOUND, FORBIDDEN, RATE_LIMITED
   */
  async set(client: Client, request: ClientPayload<'presence:set'>): Promise<DocumentPresence> {
    const { documentId, phase } = request;
    const found = await this.documents.locate(documentId);
    if (found) await this.store.ready(found.workspaceId);
    // It may have been deleted while one waited. From memory, as a rule.
    const location = found && (await this.documents.locate(documentId));
    const role = location ? client.session.roles.get(location.workspaceId) : undefined;
    if (!location || role === undefined) {
      throw new SocketFailure('NOT_FOUND', 'There is no such document, or you have no access to it.');
    }
    if (phase === 'edit' && !hasRole(role, 'editor')) {
      throw new SocketFailure('FORBIDDEN', `As ${role} of this workspace you may read, not edit.`);
    }
    // Gone during the look-up: what is set now would never be cleared.
    if (!client.socket.connected) throw new SocketFailure('NOT_FOUND', 'The connection has ended.');
    const most = this.config.limits.documentsPerSocket;
    if (!this.tracker.isIn(client.id, documentId) && this.tracker.stayCount(client.id) >= most) {
      throw new SocketFailure('RATE_LIMITED', `One connection can be in ${most} documents: leave one first.`);
    }
    const { workspaceId, title } = location;
    const { user } = client.session;
    const seen = this.store.view(workspaceId).entry(documentId, user.id);
    const knownSince = seen?.phase === phase ? seen.since : undefined;
    this.broadcaster.joinDocument(client.id, documentId);
    const changes = this.tracker.set(client.id, { ...request, workspaceId }, Date.now(), knownSince);
    for (const { documentId: opened, entry } of await this.apply(changes)) {
      if (opened !== documentId) continue;
      this.broadcaster.documentOpened({ documentId, title, phase: entry.phase, by: user });
      this.events.emit('document.opened', { workspaceId, documentId, by: user });
    }
    return this.store.view(workspaceId).document(documentId);
  }

  /** A tab tells how its person can be reached, whatever page it shows. */
  async attend({ id }: Client, attention: Attention, desktop: boolean | undefined): Promise<void> {
    await this.apply(this.tracker.attend(id, attention, desktop));
  }

  /** How one tab of this gateway can be reached; null: it is gone. */
  reachOfTab(socketId: string): Reach | null {
    return this.tracker.reachOf(socketId);
  }

  /** Resolves when the questions below are answered for all gateways, as far as they can be heard. */
  ready(workspaceId: string): Promise<void> {
    return this.store.ready(workspaceId);
  }

  /** How a member can be reached, over all gateways; null: not connected to any. */
  reach(workspaceId: string, userId: string): Reach | null {
    return this.store.view(workspaceId).reach(userId);
  }

  /** Whether a person is in a document with the page before their eyes. */
  isLooking(workspaceId: string, documentId: string, userId: string): boolean {
    const view = this.store.view(workspaceId);
    return (
      view.entry(documentId, userId)?.attention === 'active' && view.reach(userId)?.attention === 'active'
    );
  }

  /** Who edits a document, over all gateways; at most 20. */
  editors(workspaceId: string, documentId: string): readonly User[] {
    return this.store.view(workspaceId).document(documentId).editors;
  }

  /** Leaves a document, at once. */
  async clear(client: Client, documentId: string): Promise<void> {
    this.broadcaster.leaveDocument(client.id, documentId);
    await this.apply(this.tracker.clear(client.id, documentId));
  }

  /** A person has handed a document over: where they edit it they read it from now on, in every tab here. */
  yieldEdit(userId: string, documentId: string): void {
    this.tell(this.tracker.yieldEdit(userId, documentId, Date.now()));
  }

  /** Who is where in a workspace, over all gateways, ready to be read without waiting. */
  view(workspaceId: string): ReturnType<PresenceStore['view']> {
    return this.store.view(workspaceId);
  }

  /** Calls `listener` for every change on any gateway, until the answered function is called. */
  follow(listener: Parameters<PresenceStore['follow']>[0]): () => void {
    return this.store.follow(listener);
  }

  /** A held socket is gone for good. */
  private release(id: string): void {
    clearTimeout(this.graces.get(id)?.timer);
    this.graces.delete(id);
    this.tell(this.tracker.end(id));
  }

  /** A person's role changed: what they hold there without a connection would outlive their rights. */
  private letGo(userId: string, workspaceId: string): void {
    for (const [id, { session }] of this.graces) {
      if (session.user.id !== userId) continue;
      const others = [...session.roles.keys()].filter((one) => one !== workspaceId);
      this.tell(this.tracker.restrict(id, others, () => true, Date.now()));
    }
  }

  /** Tells the store without anyone waiting for it. */
  private tell(changes: ChangesByWorkspace): void {
    this.apply(changes).catch((err) => this.log.error({ err }, 'cannot tell the presence store'));
  }

  /** Hands changes to the store in the order in which the tracker made them: before anyone waits. */
  private async apply(changes: ChangesByWorkspace): Promise<Entered> {
    if (changes.size === 0) return [];
    const began = performance.now();
    const entered = [...changes].map(([workspaceId, more]) => this.store.apply(workspaceId, more));
    const answers = await Promise.all(entered);
    this.storeDelays.observe((performance.now() - began) / 1_000);
    return answers.flat();
  }
}
