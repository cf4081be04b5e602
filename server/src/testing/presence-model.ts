import {
  type Attention,
  type DocumentPresence,
  occupiedDocuments,
  type Person,
  type PresenceView,
} from '@doclight/protocol';
import type { Entry, PresenceChange } from '../presence/core/presence-types.js';
import type { WorkspaceView } from '../presence/presence.store.js';

/** What everybody should see of a workspace, in a shape that is easy to compare and to read. */
export interface Picture {
  /** By document id: the people, in the order of the list, as `fry edit@1000 unsaved idle`. */
  readonly documents: Readonly<Record<string, readonly string[]>>;
  readonly totals: { readonly reading: number; readonly editing: number };
}

/** A picture, and who is connected. */
export interface FullPicture extends Picture {
  readonly people: readonly string[];
}

const ATTENTIONS: readonly Attention[] = ['active', 'idle', 'hidden'];

/**
 * Presence as one would write it down first: all that every living gateway says, and the picture made
 * from it anew each time. Shares no code with what it is compared with.
 */
export class PresenceModel {
  private readonly said = new Map<string, Map<string, PresenceChange>>();

  /** A gateway says what is so among its own people, in place of what it said before about the same. */
  tell(gateway: string, changes: readonly PresenceChange[]): void {
    const said = this.said.get(gateway) ?? new Map<string, PresenceChange>();
    this.said.set(gateway, said);
    for (const change of changes) {
      said.set(`${change.userId} ${change.kind === 'document' ? change.documentId : ''}`, change);
    }
  }

  /** A gateway is dead, and all that it said with it. */
  forget(gateway: string): void {
    this.said.delete(gateway);
  }

  /** What holds now, over all gateways, or on one of them. */
  picture(gateway?: string): FullPicture {
    const people = new Set<string>();
    const entries = new Map<string, Map<string, Entry[]>>();
    for (const [name, said] of this.said) {
      if (gateway !== undefined && name !== gateway) continue;
      for (const change of said.values()) {
        if (change.kind === 'connection') {
          if (change.user) people.add(change.userId);
          continue;
        }
        if (!change.entry) continue;
        const document = entries.get(change.documentId) ?? new Map<string, Entry[]>();
        entries.set(change.documentId, document);
        document.set(change.userId, [...(document.get(change.userId) ?? []), change.entry]);
      }
    }
    const documents: Record<string, string[]> = {};
    const totals = { reading: 0, editing: 0 };
    for (const [documentId, byUser] of entries) {
      const merged = [...byUser].map(([userId, all]) => ({ userId, ...merge(all) }));
      merged.sort(
        (a, b) => a.phase.localeCompare(b.phase) || a.since - b.since || (a.userId < b.userId ? -1 : 1),
      );
      documents[documentId] = merged.map(({ userId, ...rest }) => line(userId, rest));
      totals[merged.some(({ phase }) => phase === 'edit') ? 'editing' : 'reading'] += 1;
    }
    return { documents, totals, people: [...people].sort() };
  }
}

/** What a store's view shows. */
export function pictureOfStore(view: WorkspaceView): FullPicture {
  return {
    ...pictureOf([...view.occupied()], view.totals),
    people: view.people.people.map(({ id }) => id).sort(),
  };
}

/** What a client shows that folded what it was sent. */
export function pictureOfFold(view: PresenceView): Picture {
  return pictureOf(occupiedDocuments(view), view.totals);
}

function pictureOf(occupied: readonly DocumentPresence[], totals: Picture['totals']): Picture {
  const documents = occupied.map(({ documentId, editors, readers }): [string, string[]] => {
    const lines = (people: Person[], phase: 'read' | 'edit') =>
      people.map((person) => line(person.id, { ...person, phase, since: Date.parse(person.since) }));
    return [documentId, [...lines(editors, 'edit'), ...lines(readers, 'read')]];
  });
  return { documents: Object.fromEntries(documents), totals: { ...totals } };
}

type Facts = Pick<Entry, 'phase' | 'since' | 'unsaved' | 'attention'>;

function line(userId: string, { phase, since, unsaved, attention }: Facts): string {
  return `${userId} ${phase}@${since}${unsaved ? ' unsaved' : ''} ${attention}`;
}

function merge(entries: readonly Entry[]): Facts {
  const phase = entries.some((entry) => entry.phase === 'edit') ? 'edit' : 'read';
  return {
    phase,
    since: Math.min(...entries.filter((entry) => entry.phase === phase).map(({ since }) => since)),
    unsaved: entries.some(({ unsaved }) => unsaved),
    attention: ATTENTIONS.find((one) => entries.some(({ attention }) => attention === one)) ?? 'active',
  };
}
