import { getSchema } from '@tiptap/core';
import type { MarkType, NodeType, Schema } from '@tiptap/pm/model';
import { contentExtensions } from '../extensions/content-extensions';

/** The schema of rich documents, made without a browser. An editor makes its own, equal one. */
export const contentSchema: Schema = getSchema(contentExtensions);

/** The node of that name. Throws where the schema has none. */
export function nodeType(schema: Schema, name: string): NodeType {
  const type = schema.nodes[name];
  if (!type) throw new Error(`The schema has no node ${name}`);
  return type;
}

/** The mark of that name. Throws where the schema has none. */
export function markType(schema: Schema, name: string): MarkType {
  const type = schema.marks[name];
  if (!type) throw new Error(`The schema has no mark ${name}`);
  return type;
}
