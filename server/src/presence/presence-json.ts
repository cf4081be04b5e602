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
    const { documentId, status } = presence;
    const known = this.texts.get(documentId);
    if (known?.presence === presence) return known.text;
    const text = JSON.stringify(presence);
    if (status === 'free') this.texts.delete(documentId);
    else this.texts.set(documentId, { presence, text });
    return text;
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
