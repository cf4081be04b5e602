import type { EditLease } from '@doclight/protocol';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { PresenceService } from '../presence/presence.service.js';
import { Broadcaster } from '../realtime/broadcaster.js';
import { SocketFailure } from '../realtime/socket-failure.js';
import { EditLeasesRepository, type StoredLease } from './edit-leases.repository.js';
import { idleSince, isHeld, takeOverIn } from './editing.rules.js';

/** A lease that somebody here follows. */
interface Followed {
  readonly stored: StoredLease;
  /** What this gateway's sockets were told last, without what changes with the clock. */
  readonly told: string;
}

/**
 * Who has the right of way in a document. The database says who got it last and presence whether
 * they are still editing, so nobody has to renew anything, and a holder whose tab or gateway dies
 * stops being one when presence says so.
 */
@Injectable()
export class EditLeasesService {
  /** Documents in which somebody is, as far as their lease was asked for here, by id. */
  private readonly followed = new Map<string, Followed>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly leases: EditLeasesRepository,
    private readonly presence: PresenceService,
    private readonly broadcaster: Broadcaster,
  ) {}

  /** The lease of a document as it is now; null: nobody has ever held it. Rights are the caller's to check. */
  async find(documentId: string): Promise<EditLease | null> {
    const stored = await this.leases.find(documentId);
    if (stored === null) return null;
    this.follow(stored, false);
    return this.toWire(stored);
  }

  /**
   * Takes the lease for a person, where nobody who edits holds it.
   * @throws SocketFailure FORBIDDEN where they do not edit
   */
  async acquire(documentId: string, workspaceId: string, userId: string): Promise<EditLease | null> {
    const view = this.presence.view(workspaceId);
    if (view.entry(documentId, userId)?.phase !== 'edit') {
      throw new SocketFailure(
        'FORBIDDEN',
        'Only who edits a document can hold its lease: set that phase first.',
      );
    }
    const stored = await this.leases.find(documentId);
    const free = stored === null || !this.isHeld(stored);
    // Who was the last to hold it has not been overtaken by anyone: their token is still good.
    if (free && stored?.holder?.id !== userId) {
      await this.leases.acquire(documentId, userId, stored?.token ?? null);
    }
    return this.find(documentId);
  }

  /** A lease was changed by some gateway. */
  async changed(documentId: string): Promise<void> {
    if (!this.followed.has(documentId) && !this.broadcaster.hasDocumentAudience(documentId)) return;
    const stored = await this.leases.find(documentId);
    if (stored) this.follow(stored, true);
    else this.followed.delete(documentId);
  }

  /** Changes may have been missed: looks at everything again. */
  async recover(): Promise<void> {
    for (const documentId of [...this.followed.keys()]) await this.changed(documentId);
  }

  /** Somebody came, left, turned idle or back. */
  presenceChanged(documentId: string): void {
    const known = this.followed.get(documentId);
    if (!known) return;
    const { status } = this.presence.view(known.stored.workspaceId).document(documentId);
    if (status === 'free') this.followed.delete(documentId);
    else this.follow(known.stored, true);
  }

  forget(documentId: string): void {
    this.followed.delete(documentId);
  }

  /** @param tell tells those in the document what looks different */
  private follow(stored: StoredLease, tell: boolean): void {
    const { documentId, token } = stored;
    const lease = this.toWire(stored);
    const looks = JSON.stringify({
      ...lease,
      takeOverIn: lease.takeOverIn === null ? null : stored.idleSince,
    });
    const before = this.followed.get(documentId);
    // A look that was overtaken by a newer one.
    if (before && before.stored.token > token) return;
    this.followed.set(documentId, { stored, told: tell ? looks : (before?.told ?? '') });
    if (tell && before?.told !== looks) this.broadcaster.toDocument(documentId, 'edit:lease', lease);
    void this.noteIdle(stored).catch(() => {
      // Looked at again with the next change; until then the holder only counts as less idle.
    });
  }

  /** Writes down that the holder turned idle or is back: other gateways may have seen less of it. */
  private async noteIdle(stored: StoredLease): Promise<void> {
    const { documentId, workspaceId, token, holder } = stored;
    const seen = holder && this.presence.view(workspaceId).entry(documentId, holder.id);
    const known = stored.idleSince?.getTime() ?? null;
    const idle = idleSince(seen, known, Date.now());
    // Who is not there is neither: what is known of them stays.
    if (!seen || (idle === null) === (known === null)) return;
    await this.leases.setIdle(documentId, token, idle === null ? null : new Date(idle));
  }

  private isHeld({ documentId, workspaceId, holder, how, since }: StoredLease): boolean {
    if (holder === null) return false;
    const seen = this.presence.view(workspaceId).entry(documentId, holder.id);
    return isHeld(seen, how, since.getTime(), Date.now());
  }

  private toWire(stored: StoredLease): EditLease {
    const { documentId, holder, token, since, how, from } = stored;
    const held = this.isHeld(stored);
    const idle = stored.idleSince?.getTime() ?? null;
    return {
      documentId,
      holder: held ? holder : null,
      token,
      since: since.toISOString(),
      how,
      from,
      takeOverIn: held ? takeOverIn(idle, this.config.editing.idleSeconds, Date.now()) : null,
    };
  }
}
