import type { DocumentPresence, PresenceDiff } from '@doclight/protocol';

/**
 * Documents as JSON, by the very object: a document's presence is made anew with every version and never
 * changed, so that one text serves every frame it is in.
 */
const texts = new WeakMap<DocumentPresence, string>();

/** A document's presence as JSON, written once a version. */
export function documentJson(presence: DocumentPresence): string {
  const known = texts.get(presence);
  if (known !== undefined) return known;
  const text = JSON.stringify(presence);
  texts.set(presence, text);
  return text;
}

/** A frame as JSON, joined from the texts of its documents. */
export function diffJson({ workspaceId, previous, version, totals, documents }: PresenceDiff): string {
  const { reading, editing } = totals;
  const head = `{"workspaceId":${JSON.stringify(workspaceId)},"previous":${previous},"version":${version}`;
  let list = '';
  for (const document of documents) list += (list === '' ? '' : ',') + documentJson(document);
  return `${head},"totals":{"reading":${reading},"editing":${editing}},"documents":[${list}]}`;
}
