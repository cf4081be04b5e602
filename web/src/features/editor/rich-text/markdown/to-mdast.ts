import type { Node } from '@tiptap/pm/model';
import { TableMap } from '@tiptap/pm/tables';
import type { AlignType, BlockContent, ListItem, PhrasingContent, RootContent, TableCell } from 'mdast';
import { inlineToMdast, orNull } from './inline-to-mdast';
import type { References } from './parse';

declare module 'mdast' {
  interface HtmlData {
    /** Set where `value` is Markdown source of any kind, kept to be written as it is. */
    source?: boolean;
  }
}

type HeadingDepth = 1 | 2 | 3 | 4 | 5 | 6;

/** The Markdown tree of rich blocks. Empty paragraphs are left out: Markdown cannot hold them. */
export function blocksToMdast(blocks: readonly Node[], references: References): RootContent[] {
  return blocks.filter(isWritten).map((block) => blockToMdast(block, references));
}

/** Whether a block leaves a trace in Markdown: empty paragraphs and empty source do not. */
export function isWritten(block: Node): boolean {
  const { name } = block.type;
  if (name === 'paragraph') return block.childCount > 0 && !isBlank(block);
  if (name === 'rawBlock') return block.textContent.trim() !== '';
  return true;
}

function isBlank(paragraph: Node): boolean {
  let blank = true;
  paragraph.forEach((child) => {
    if (child.isText ? (child.text ?? '').trim() !== '' : child.type.name !== 'softBreak') blank = false;
  });
  return blank;
}

function blockToMdast(block: Node, references: References): RootContent {
  switch (block.type.name) {
    case 'paragraph':
      return { type: 'paragraph', children: inlineToMdast(block.content, references) };
    case 'heading': {
      const children = inlineToMdast(block.content, references, 'oneLine');
      return { type: 'heading', depth: Number(block.attrs.level) as HeadingDepth, children };
    }
    case 'codeBlock':
      return {
        type: 'code',
        lang: orNull(block.attrs.language),
        meta: orNull(block.attrs.meta),
        value: block.textContent,
      };
    case 'horizontalRule':
      return { type: 'thematicBreak' };
    case 'blockquote':
      return { type: 'blockquote', children: contents(block, references) };
    case 'bulletList':
    case 'orderedList': {
      const ordered = block.type.name === 'orderedList';
      return {
        type: 'list',
        ordered,
        start: ordered ? Number(block.attrs.start ?? 1) : null,
        spread: block.attrs.spread === true,
        children: block.children.map((item) => itemToMdast(item, references)),
      };
    }
    case 'table':
      return tableToMdast(block, references);
    case 'rawBlock':
      return { type: 'html', value: block.textContent, data: { source: true } };
    default:
      throw new Error(`No Markdown for ${block.type.name}`);
  }
}

function contents(block: Node, references: References): BlockContent[] {
  return blocksToMdast(block.children, references) as BlockContent[];
}

function itemToMdast(item: Node, references: References): ListItem {
  const children = contents(item, references);
  const { checked, spread } = item.attrs;
  // A checkbox stands in front of words, and only there.
  if (typeof checked === 'boolean' && children[0]?.type !== 'paragraph') {
    children.unshift({ type: 'paragraph', children: [] });
  }
  return {
    type: 'listItem',
    checked: typeof checked === 'boolean' ? checked : null,
    spread: spread === true,
    children,
  };
}

/** Cells that span several places fill the first; the others stay empty. The first row is the header. */
function tableToMdast(table: Node, references: References): RootContent {
  const map = TableMap.get(table);
  const seen = new Set<number>();
  const align: AlignType[] = [];
  const rows = Array.from({ length: map.height }, (_, row) => {
    const cells = Array.from({ length: map.width }, (_, column): TableCell => {
      const position = map.map[row * map.width + column] ?? -1;
      const cell = table.nodeAt(position);
      if (row === 0) align.push((cell?.attrs.align ?? null) as AlignType);
      if (!cell || seen.has(position)) return { type: 'tableCell', children: [] };
      seen.add(position);
      return { type: 'tableCell', children: cellToMdast(cell, references) };
    });
    return { type: 'tableRow' as const, children: cells };
  });
  return { type: 'table', align, children: rows };
}

/** What stands in a table cell, on one line. */
export function cellToMdast(cell: Node, references: References): PhrasingContent[] {
  return inlineToMdast(cell.firstChild?.content ?? cell.content, references, 'cell');
}
