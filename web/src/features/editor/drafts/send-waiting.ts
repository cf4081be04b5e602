import type { Document } from '@doclight/protocol';
import { holdDraft } from '@/lib/drafts/draft-hold';
import type { DraftRecord } from '@/lib/drafts/draft-record';
import { draftsOf, putDraft, readDraft, removeDraft, tellDraftsChanged } from '@/lib/drafts/draft-store';
import { mergeDraft, resolve } from '../merge/merge-draft';
import { draftOf, sameDraft } from '../save-state';
import { sendSave } from '../send-save';

/** What became of a save that had waited. */
export type Sent =
  | { readonly kind: 'saved'; readonly document: Document; readonly mergedWith: string | null }
  /** It needs its person: a choice, a place for it, or a right. */
  | { readonly kind: 'left'; readonly record: DraftRecord };

/** How often a document may be saved by others before a waiting save gives way for now. */
const MOST_ROUNDS = 5;

/**
 * Sends every save of the person that waited for a connection on a page which is gone. What cannot go out stays a
 * draft; only what the server could not be asked about goes on waiting.
 */
export async function sendWaiting(userId: string): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const { id, wanted } of (await draftsOf(userId)).reverse()) {
    if (!wanted) continue;
    const release = await holdDraft(id);
    if (!release) continue;
    try {
      const record = await readDraft(id);
      const outcome = record?.wanted ? await sendRecord(record) : null;
      if (outcome) sent.push(outcome);
    } finally {
      release();
    }
  }
  if (sent.length > 0) tellDraftsChanged();
  return sent;
}

async function sendRecord(record: DraftRecord): Promise<Sent | null> {
  const { workspaceId, userId } = record;
  let { base, words, sentAt } = record;
  let mergedWith: string | null = null;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const outcome = await sendSave({ base, words, workspaceId, userId, sentAt });
    if (outcome.kind === 'saved') {
      await removeDraft(record.id);
      return { kind: 'saved', document: outcome.document, mergedWith };
    }
    if (outcome.kind === 'unreachable' || outcome.kind === 'signed-out') {
      sentAt ??= base ? null : new Date().toISOString();
      await putDraft({ ...record, sentAt });
      return null;
    }
    if (outcome.kind !== 'refused' || !base) break;
    const { current } = outcome;
    const merge = mergeDraft(draftOf(base), words, draftOf(current));
    if (merge.conflicts.length > 0) break;
    const merged = resolve(merge, new Map());
    if (sameDraft(merged, draftOf(current))) {
      // It had arrived after all, only the answer did not.
      await removeDraft(record.id);
      return null;
    }
    mergedWith = current.updatedBy.name;
    base = current;
    words = merged;
  }
  const left = { ...record, wanted: false };
  await putDraft(left);
  return { kind: 'left', record: left };
}
