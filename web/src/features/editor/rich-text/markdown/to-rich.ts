import type { Mark, Node, Schema } from '@tiptap/pm/model';
import type { BlockContent, Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import { labelKey, type References } from './parse';
import { markType, nodeType } from './schema';

/** Thrown where a node has no rich form; the block that holds it is then kept as source. */
export class NoRichForm extends Error {
  constructor(node: Nodes) {
    super(`No rich form for ${node.type}`);
  }
}

/** What the rich form of a piece of Markdown depends on besides the piece. */
export interface RichContext {
  schema: Schema;
  references: References;
}

const noMarks: readonly Mark[] = [];

/** The rich form of one block that holds no other blocks. Throws {@link NoRichForm}. */
export function leafToRich(node: RootContent, context: RichContext): Node {
  switch (node.type) {
    case 'paragraph':
      return nodeType(context.schema, 'paragraph').createChecked(null, inlineToRich(node.children, context));
    case 'heading':
      return nodeType(context.schema, 'heading').createChecked(
        { level: node.depth },
        inlineToRich(node.children, context),
      );
    case 'code': {
      const attributes = { language: node.lang ?? null, meta: node.meta ?? null };
      return nodeType(context.schema, 'codeBlock').createChecked(attributes, plain(node.value, context));
    }
    case 'thematicBreak':
      return nodeType(context.schema, 'horizontalRule').createChecked();
    case 'table':
      return tableToRich(node, context);
    default:
      throw new NoRichForm(node);
  }
}

/** The rich form of any block with all that it holds, without regard to its source. Throws {@link NoRichForm}. */
export function blockToRich(node: RootContent, context: RichContext): Node {
  if (node.type === 'blockquote') {
    const content = node.children.map((child) => blockToRich(child, context));
    return quoteToRich(content, context);
  }
  if (node.type === 'list') {
    const items = node.children.map((item) => {
      const content = item.children.map((child: BlockContent | RootContent) => blockToRich(child, context));
      return itemToRich(item, content, context);
    });
    return listToRich(node, items, context);
  }
  return leafToRich(node, context);
}

/** A quote around `content`; an empty one holds an empty paragraph to type in. */
export function quoteToRich(content: readonly Node[], context: RichContext): Node {
  return nodeType(context.schema, 'blockquote').createChecked(null, orEmptyParagraph(content, context));
}

/** A list of `items`, which {@link itemToRich} made. */
export function listToRich(
  node: Nodes & { type: 'list' },
  items: readonly Node[],
  context: RichContext,
): Node {
  const spread = node.spread === true;
  return node.ordered
    ? nodeType(context.schema, 'orderedList').createChecked({ spread, start: node.start ?? 1 }, [...items])
    : nodeType(context.schema, 'bulletList').createChecked({ spread }, [...items]);
}

/** A list item around `content`. */
export function itemToRich(
  node: Nodes & { type: 'listItem' },
  content: readonly Node[],
  context: RichContext,
): Node {
  const attributes = { checked: node.checked ?? null, spread: node.spread === true };
  return nodeType(context.schema, 'listItem').createChecked(attributes, orEmptyParagraph(content, context));
}

/** Source that stands for itself. */
export function rawToRich(source: string, kind: string, context: RichContext): Node {
  return nodeType(context.schema, 'rawBlock').createChecked({ kind }, plain(source, context));
}

/** The rich form of what stands in a line. Throws {@link NoRichForm}. */
export function inlineToRich(
  children: readonly PhrasingContent[],
  context: RichContext,
  marks: readonly Mark[] = noMarks,
): Node[] {
  return children.flatMap((child) => phrase(child, context, marks));
}

function phrase(node: PhrasingContent, context: RichContext, marks: readonly Mark[]): Node[] {
  switch (node.type) {
    case 'text':
      return textToRich(node.value, marks, context);
    case 'inlineCode':
      return textToRich(node.value, markType(context.schema, 'code').create().addToSet(marks), context);
    case 'strong':
      return nested(node, 'bold', context, marks);
    case 'emphasis':
      return nested(node, 'italic', context, marks);
    case 'delete':
      return nested(node, 'strike', context, marks);
    case 'link':
      return nested(node, 'link', context, marks, { href: node.url, title: node.title ?? null });
    case 'linkReference': {
      const definition = context.references.definitions.get(labelKey(node.identifier));
      if (!definition) throw new NoRichForm(node);
      return nested(node, 'link', context, marks, {
        href: definition.url,
        title: definition.title,
        reference: `${node.referenceType} ${node.label ?? node.identifier}`,
      });
    }
    case 'break':
      return [nodeType(context.schema, 'hardBreak').create(null, null, marks)];
    case 'image':
      return [image(node.url, node.title, node.alt, null, marks, context)];
    case 'imageReference': {
      const definition = context.references.definitions.get(labelKey(node.identifier));
      if (!definition) throw new NoRichForm(node);
      const reference = `${node.referenceType} ${node.label ?? node.identifier}`;
      return [image(definition.url, definition.title, node.alt, reference, marks, context)];
    }
    case 'html':
      return /^<br *\/?>$/i.test(node.value)
        ? [nodeType(context.schema, 'hardBreak').create({ source: node.value }, null, marks)]
        : [nodeType(context.schema, 'rawInline').create({ kind: 'html', source: node.value }, null, marks)];
    case 'footnoteReference': {
      const source = `[^${node.label ?? node.identifier}]`;
      return [nodeType(context.schema, 'rawInline').create({ kind: 'footnote', source }, null, marks)];
    }
    default:
      throw new NoRichForm(node);
  }
}

/** Marks `node`'s content. A mark inside itself, and a mark around nothing, have no rich form. */
function nested(
  node: Nodes & { children: PhrasingContent[] },
  name: string,
  context: RichContext,
  marks: readonly Mark[],
  attributes?: Record<string, unknown>,
): Node[] {
  const type = markType(context.schema, name);
  if (type.isInSet(marks) || node.children.length === 0) throw new NoRichForm(node);
  return inlineToRich(node.children, context, type.create(attributes).addToSet(marks));
}

function image(
  src: string,
  title: string | null | undefined,
  alt: string | null | undefined,
  reference: string | null,
  marks: readonly Mark[],
  context: RichContext,
): Node {
  return nodeType(context.schema, 'image').create(
    { src, title: title ?? null, alt: alt ?? null, reference },
    null,
    marks,
  );
}

function textToRich(value: string, marks: readonly Mark[], context: RichContext): Node[] {
  return value.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const result = line === '' ? [] : [context.schema.text(line, marks)];
    return index === 0
      ? result
      : [nodeType(context.schema, 'softBreak').create(null, null, marks), ...result];
  });
}

/** Short rows are filled up, as a table on the screen is a rectangle; longer ones have no rich form. */
function tableToRich(table: Table, context: RichContext): Node {
  const width = table.children[0]?.children.length ?? 0;
  const rows = table.children.map((row, index) => {
    if (row.children.length > width) throw new NoRichForm(table);
    const cell = nodeType(context.schema, index === 0 ? 'tableHeader' : 'tableCell');
    const cells = Array.from({ length: width }, (_, column) => {
      const content = inlineToRich(row.children[column]?.children ?? [], context);
      const attributes = { align: table.align?.[column] ?? null };
      return cell.createChecked(
        attributes,
        nodeType(context.schema, 'paragraph').createChecked(null, content),
      );
    });
    return nodeType(context.schema, 'tableRow').createChecked(null, cells);
  });
  return nodeType(context.schema, 'table').createChecked(null, rows);
}

function plain(value: string, context: RichContext): Node[] {
  const text = value.replace(/\r\n?/g, '\n');
  return text === '' ? [] : [context.schema.text(text)];
}

function orEmptyParagraph(content: readonly Node[], context: RichContext): Node[] {
  return content.length === 0 ? [nodeType(context.schema, 'paragraph').create()] : [...content];
}
