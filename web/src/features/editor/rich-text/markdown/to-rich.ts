import type { Mark, Node } from '@tiptap/pm/model';
import type { BlockContent, Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import { labelKey, type References } from './parse';
import { markType, nodeType, schema } from './schema';

/** Thrown where a node has no rich form; the block that holds it is then kept as source. */
export class NoRichForm extends Error {
  constructor(node: Nodes) {
    super(`No rich form for ${node.type}`);
  }
}

const noMarks: readonly Mark[] = [];

/** The rich form of one block that holds no other blocks. Throws {@link NoRichForm}. */
export function leafToRich(node: RootContent, references: References): Node {
  switch (node.type) {
    case 'paragraph':
      return nodeType('paragraph').createChecked(null, inlineToRich(node.children, references));
    case 'heading':
      return nodeType('heading').createChecked(
        { level: node.depth },
        inlineToRich(node.children, references),
      );
    case 'code': {
      const attributes = { language: node.lang ?? null, meta: node.meta ?? null };
      return nodeType('codeBlock').createChecked(attributes, plain(node.value));
    }
    case 'thematicBreak':
      return nodeType('horizontalRule').createChecked();
    case 'table':
      return tableToRich(node, references);
    default:
      throw new NoRichForm(node);
  }
}

/** The rich form of any block with all that it holds, without regard to its source. Throws {@link NoRichForm}. */
export function blockToRich(node: RootContent, references: References): Node {
  if (node.type === 'blockquote')
    return quoteToRich(node.children.map((child) => blockToRich(child, references)));
  if (node.type === 'list') {
    const items = node.children.map((item) =>
      itemToRich(
        item,
        item.children.map((child: BlockContent | RootContent) => blockToRich(child, references)),
      ),
    );
    return listToRich(node, items);
  }
  return leafToRich(node, references);
}

/** A quote around `content`; an empty one holds an empty paragraph to type in. */
export function quoteToRich(content: readonly Node[]): Node {
  return nodeType('blockquote').createChecked(null, orEmptyParagraph(content));
}

/** A list of `items`, which {@link itemToRich} made. */
export function listToRich(node: Nodes & { type: 'list' }, items: readonly Node[]): Node {
  const spread = node.spread === true;
  return node.ordered
    ? nodeType('orderedList').createChecked({ spread, start: node.start ?? 1 }, [...items])
    : nodeType('bulletList').createChecked({ spread }, [...items]);
}

/** A list item around `content`. */
export function itemToRich(node: Nodes & { type: 'listItem' }, content: readonly Node[]): Node {
  const attributes = { checked: node.checked ?? null, spread: node.spread === true };
  return nodeType('listItem').createChecked(attributes, orEmptyParagraph(content));
}

/** Source that stands for itself. */
export function rawToRich(source: string, kind: string): Node {
  return nodeType('rawBlock').createChecked({ kind }, plain(source));
}

/** The rich form of what stands in a line. Throws {@link NoRichForm}. */
export function inlineToRich(
  children: readonly PhrasingContent[],
  references: References,
  marks: readonly Mark[] = noMarks,
): Node[] {
  return children.flatMap((child) => phrase(child, references, marks));
}

function phrase(node: PhrasingContent, references: References, marks: readonly Mark[]): Node[] {
  switch (node.type) {
    case 'text':
      return textToRich(node.value, marks);
    case 'inlineCode':
      return textToRich(node.value, markType('code').create().addToSet(marks));
    case 'strong':
      return nested(node, 'bold', references, marks);
    case 'emphasis':
      return nested(node, 'italic', references, marks);
    case 'delete':
      return nested(node, 'strike', references, marks);
    case 'link':
      return nested(node, 'link', references, marks, { href: node.url, title: node.title ?? null });
    case 'linkReference': {
      const definition = references.definitions.get(labelKey(node.identifier));
      if (!definition) throw new NoRichForm(node);
      return nested(node, 'link', references, marks, {
        href: definition.url,
        title: definition.title,
        reference: `${node.referenceType} ${node.label ?? node.identifier}`,
      });
    }
    case 'break':
      return [nodeType('hardBreak').create(null, null, marks)];
    case 'image':
      return [image(node.url, node.title, node.alt, null, marks)];
    case 'imageReference': {
      const definition = references.definitions.get(labelKey(node.identifier));
      if (!definition) throw new NoRichForm(node);
      const reference = `${node.referenceType} ${node.label ?? node.identifier}`;
      return [image(definition.url, definition.title, node.alt, reference, marks)];
    }
    case 'html':
      return /^<br *\/?>$/i.test(node.value)
        ? [nodeType('hardBreak').create({ source: node.value }, null, marks)]
        : [nodeType('rawInline').create({ kind: 'html', source: node.value }, null, marks)];
    case 'footnoteReference': {
      const source = `[^${node.label ?? node.identifier}]`;
      return [nodeType('rawInline').create({ kind: 'footnote', source }, null, marks)];
    }
    default:
      throw new NoRichForm(node);
  }
}

/** Marks `node`'s content. A mark inside itself, and a mark around nothing, have no rich form. */
function nested(
  node: Nodes & { children: PhrasingContent[] },
  name: string,
  references: References,
  marks: readonly Mark[],
  attributes?: Record<string, unknown>,
): Node[] {
  const type = markType(name);
  if (type.isInSet(marks) || node.children.length === 0) throw new NoRichForm(node);
  return inlineToRich(node.children, references, type.create(attributes).addToSet(marks));
}

function image(
  src: string,
  title: string | null | undefined,
  alt: string | null | undefined,
  reference: string | null,
  marks: readonly Mark[],
): Node {
  return nodeType('image').create({ src, title: title ?? null, alt: alt ?? null, reference }, null, marks);
}

function textToRich(value: string, marks: readonly Mark[]): Node[] {
  return value.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const result = line === '' ? [] : [schema.text(line, marks)];
    return index === 0 ? result : [nodeType('softBreak').create(null, null, marks), ...result];
  });
}

/** Short rows are filled up, as a table on the screen is a rectangle; longer ones have no rich form. */
function tableToRich(table: Table, references: References): Node {
  const width = table.children[0]?.children.length ?? 0;
  const rows = table.children.map((row, index) => {
    if (row.children.length > width) throw new NoRichForm(table);
    const cell = nodeType(index === 0 ? 'tableHeader' : 'tableCell');
    const cells = Array.from({ length: width }, (_, column) => {
      const content = inlineToRich(row.children[column]?.children ?? [], references);
      const attributes = { align: table.align?.[column] ?? null };
      return cell.createChecked(attributes, nodeType('paragraph').createChecked(null, content));
    });
    return nodeType('tableRow').createChecked(null, cells);
  });
  return nodeType('table').createChecked(null, rows);
}

function plain(value: string): Node[] {
  const text = value.replace(/\r\n?/g, '\n');
  return text === '' ? [] : [schema.text(text)];
}

function orEmptyParagraph(content: readonly Node[]): Node[] {
  return content.length === 0 ? [nodeType('paragraph').create()] : [...content];
}
