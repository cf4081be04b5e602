import type { NotificationType } from '@doclight/protocol';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { JobAttempt } from '../common/job.js';
import { JobsService } from '../jobs/jobs.service.js';
import { countTold } from './audience.rules.js';
import { type Bond, type ChangedDocument, FanOutRepository, type Member } from './fan-out.repository.js';
import { BULK_FROM } from './folding.rules.js';
import { mayMention, newlyMentioned } from './mentions.rules.js';
import { type FanOut, fanOutKind } from './notification-jobs.js';
import { TellingRepository } from './telling.repository.js';
import { type Recipient, TellingService } from './telling.service.js';

/** People who are told in one transaction: so many notices are in memory at once. */
const PEOPLE_AT_ONCE = 500;

/** Whom a change concerns, and of what. */
interface Audience {
  /** The one document; null: many. */
  readonly document: ChangedDocument | null;
  /** How many documents were changed. */
  readonly documents: number;
  readonly mentioned: ReadonlySet<string>;
}

/**
 * Tells everybody whom a change to documents concerns. The change itself asked for it, in its transaction, so
 * that nobody who saves waits for it, and nothing that was committed goes untold: however it was made, and
 * whatever dies meanwhile.
 */
@Injectable()
export class FanOutService implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly fanOuts: FanOutRepository,
    private readonly tellings: TellingRepository,
    private readonly telling: TellingService,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(fanOutKind, (fanOut, attempt) => this.tellAll(fanOut, attempt));
  }

  private async tellAll(fanOut: FanOut, { signal }: JobAttempt): Promise<void> {
    const changes = await this.fanOuts.changes(fanOut);
    if (changes.length === 0) return;
    const { xid, workspaceId, type, actorId } = fanOut;
    const key = `${xid} ${workspaceId} ${type} ${actorId}`;
    if ((await this.fanOuts.recently(fanOut)) >= BULK_FROM) {
      const audience = { document: null, documents: changes.length, mentioned: new Set<string>() };
      await this.tellMembers(fanOut, key, audience, changes.at(-1)?.at ?? new Date(), signal);
    } else {
      for (const change of changes) {
        const mentioned = await this.mentionedIn(fanOut, change);
        const audience = { document: change, documents: 1, mentioned };
        await this.tellMembers(
          fanOut,
          `${key} ${change.documentId} ${change.revision}`,
          audience,
          change.at,
          signal,
        );
      }
    }
    if (type !== 'deleted') return;
    const documentIds = changes.map(({ documentId }) => documentId);
    await this.fanOuts.readNoticesOf(documentIds);
    await this.fanOuts.forget(documentIds);
  }

  private async tellMembers(
    fanOut: FanOut,
    key: string,
    audience: Audience,
    at: Date,
    signal: AbortSignal,
  ): Promise<void> {
    const { workspaceId, actorId } = fanOut;
    const { document } = audience;
    let after = await this.tellings.progress(key);
    while (after !== null) {
      signal.throwIfAborted();
      const members = await this.fanOuts.members(
        fanOut,
        document ?? fanOut,
        audience.mentioned,
        after,
        PEOPLE_AT_ONCE,
      );
      const last = members.at(-1);
      if (!last) break;
      const ids = members.map(({ userId }) => userId);
      const bonds = await this.fanOuts.bonds(document ?? fanOut, ids);
      await this.telling.tell(
        {
          workspaceId,
          actorId,
          document: document && { id: document.documentId, slug: document.slug, title: document.title },
          at,
        },
        recipientsOf(fanOut.type, audience, members, bonds),
        { key, afterUserId: last.userId },
      );
      after = last.userId;
    }
    if (after !== null) await this.tellings.finish(key);
  }

  private async mentionedIn(
    { type, workspaceId, actorId }: FanOut,
    change: ChangedDocument,
  ): Promise<Set<string>> {
    if (type === 'deleted') return new Set();
    const { before, after } = await this.fanOuts.words(change.documentId, change.revision);
    if (!mayMention(after)) return new Set();
    const mentioned = newlyMentioned(before, after, await this.fanOuts.mentionable(workspaceId));
    mentioned.delete(actorId);
    return mentioned;
  }
}

function recipientsOf(
  type: NotificationType,
  { documents, mentioned }: Audience,
  members: readonly Member[],
  bonds: readonly Bond[],
): Recipient[] {
  const bondsOf = new Map<string, Bond[]>();
  for (const bond of bonds) bondsOf.set(bond.userId, [...(bondsOf.get(bond.userId) ?? []), bond]);
  return members.flatMap((member): Recipient[] => {
    const { userId } = member;
    const told = (wanted: NotificationType) =>
      countTold(wanted, member, documents, bondsOf.get(userId) ?? []);
    // A mention says more than that something was saved: one of the two is told.
    if (mentioned.has(userId) && told('mentioned') > 0) return [{ userId, type: 'mentioned', count: 1 }];
    const count = told(type);
    return count > 0 ? [{ userId, type, count }] : [];
  });
}
