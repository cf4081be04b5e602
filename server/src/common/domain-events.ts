import type {
  DeliveryReason,
  DocumentCreated,
  DocumentDeleted,
  DocumentSaved,
  ThumbnailsMade,
  User,
} from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from './logger.js';

/** What features tell each other has happened, in every gateway. */
export interface DomainEventMap {
  /** Committed by anyone: this server, another one, a script or plain SQL. */
  'document.created': DocumentCreated;
  'document.saved': DocumentSaved;
  'document.deleted': DocumentDeleted;
  /** Somebody came into a document who was in it on no gateway: told on theirs alone. */
  'document.opened': { readonly workspaceId: string; readonly documentId: string; readonly by: User };
  /** Somebody asks the person who edits a document to hand over: told on the gateway that was asked. */
  'edit.requested': {
    readonly workspaceId: string;
    readonly documentId: string;
    readonly by: User;
    readonly to: User;
  };
  /** The image of a document is there in small. May come twice. */
  'thumbnails.made': ThumbnailsMade;
  /** A session ended: signed out, or taken away. `sessionId` is the hash of its token. */
  'session.ended': { readonly sessionId: string };
  /** A person came into a workspace, left it, or has another role there. */
  'membership.changed': { readonly userId: string; readonly workspaceId: string };
  /** An attempt at a job ended in this gateway, after so many seconds. */
  'job.settled': {
    readonly kind: string;
    readonly outcome: 'done' | 'retry' | 'dead' | 'returned' | 'lost';
    readonly seconds: number;
  };
  /** This gateway has written notices, one for each of these ways. */
  'people.told': { readonly ways: readonly string[] };
  /** A push was delivered, dropped, or waits for another attempt. `seconds`: how long its service took. */
  'push.settled': {
    readonly state: 'delivered' | 'dropped' | 'waiting';
    readonly reason: DeliveryReason | null;
    readonly seconds: number | null;
  };
  /** Changes of sessions and memberships may have been missed: look at all of them again. */
  'access.unknown': Record<string, never>;
}

type Name = keyof DomainEventMap;
type Reaction<E extends Name> = (event: DomainEventMap[E]) => void | Promise<void>;

/** Typed publish and subscribe inside one process. */
@Injectable()
export class DomainEvents {
  private readonly reactions = new Map<Name, Set<(event: never) => void | Promise<void>>>();

  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  /** Calls `reaction` for each event, in the order of subscription, until the answered function is called. */
  on<E extends Name>(name: E, reaction: Reaction<E>): () => void {
    const reactions = this.reactions.get(name) ?? new Set();
    this.reactions.set(name, reactions);
    reactions.add(reaction);
    return () => reactions.delete(reaction);
  }

  /** Tells everyone who listens. One that fails is logged and does not keep it from the others. */
  emit<E extends Name>(name: E, event: DomainEventMap[E]): void {
    for (const reaction of this.reactions.get(name) ?? []) {
      try {
        const pending = (reaction as Reaction<E>)(event);
        if (pending instanceof Promise) pending.catch((err) => this.failed(name, err));
      } catch (err) {
        this.failed(name, err);
      }
    }
  }

  private failed(event: Name, err: unknown): void {
    this.log.error({ err, event }, 'a reaction to a domain event failed');
  }
}
