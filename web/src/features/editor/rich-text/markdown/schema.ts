import { getSchema } from '@tiptap/core';
import type { Schema } from '@tiptap/pm/model';
import { contentExtensions } from '../extensions/content-extensions';

/** The one schema of rich documents: the editor's, and that of every conversion, made without a browser. */
export const schema: Schema = getSchema(contentExtensions);

/** The schema's node of that name. Throws where there is none. */
export function nodeType(name: string) {
  const type = schema.nodes[name];
  if (!type) throw new Error(`The schema has no node ${name}`);
  return type;
}

/** The schema's mark of that name. Throws where there is none. */
export function markType(name: string) {
  const type = schema.marks[name];
  if (!type) throw new Error(`The schema has no mark ${name}`);
  return type;
}
