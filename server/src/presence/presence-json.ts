import type { DocumentPresence, PresenceDiff } from '@doclight/protocol';

/**
 * A workspace's documents as JSON, each written once a version: its presence is made anew with every version and
 * never changed, so that one text serves every frame it is in. Kept by hand for as long as somebody is in the
 * document: a `WeakMap` would do it by itself, and have the garbage collector stop a busy gateway for it.
 */
export class PresenceJson {
  private readonly texts = new Map<string, { readonly presence: DocumentPresence; readonly text: string }>();

  /** A document's presence. */
  document(presence: DocumentPresence): string {
    const known = this.texts.get(presence.documentId);
    if (known?.presence === presence) return known.text;
    const text = JSON.stringify(presence);
    if (presence.status !== 'free') this.texts.set(presence.documentId, { presence, text });
    return text;
  }

  /** Takes note of every change, whether anybody asks for its text or not. */
  changed({ documentId, status }: DocumentPresence): void {
    if (status === 'free') this.texts.delete(documentId);
  }

  /** A frame, joined from the texts of its documents. */
  diff({ workspaceId, previous, version, totals, documents }: PresenceDiff): string {
    const { reading, editing } = totals;
    const head = `{"workspaceId":${JSON.stringify(workspaceId)},"previous":${previous},"version":${version}`;
    let list = '';
    for (const document of documents) list += (list === '' ? '' : ',') + this.document(document);
    return `${head},"totals":{"reading":${reading},"editing":${editing}},"documents":[${list}]}`;
  }
}
