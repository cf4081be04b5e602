import type { DocumentPresence } from '@doclight/protocol';
import type { PresenceByWorkspace } from '../realtime/dashboards';
import { type OthersPresence, othersIn, statusWithout } from './others';

/** A document whose label changed, as the person at this tab sees it. */
export interface StatusChange {
  readonly documentId: string;
  readonly workspaceId: string;
  readonly others: OthersPresence;
}

/**
 * The labels that differ between two states. What became known only now (a first snapshot) has not
 * changed. Compares by identity, so that a frame costs what changed in it, not what exists.
 */
export function statusChanges(
  before: PresenceByWorkspace,
  after: PresenceByWorkspace,
  userId: string,
): StatusChange[] {
  const changes: StatusChange[] = [];
  for (const [workspaceId, now] of after) {
    const then = before.get(workspaceId);
    if (!then || then.view.documents === now.view.documents) continue;
    const compare = (documentId: string, was?: DocumentPresence, is?: DocumentPresence): void => {
      if (was === is || (!then.known && !was)) return;
      const before = was ? statusWithout(was, userId) : 'free';
      if (before === (is ? statusWithout(is, userId) : 'free')) return;
      changes.push({ documentId, workspaceId, others: othersIn(is, userId, null) });
    };
    for (const [id, is] of now.view.documents) compare(id, then.view.documents.get(id), is);
    for (const [id, was] of then.view.documents) if (!now.view.documents.has(id)) compare(id, was, undefined);
  }
  return changes;
}
