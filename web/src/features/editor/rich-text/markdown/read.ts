import type { Node } from '@tiptap/pm/model';
import type { ListItem, RootContent } from 'mdast';
import { normalForm } from './normal-form';
import { endOf, parseBlocks, shift, startOf } from './parse';
import {
  type InnerSource,
  type ItemLead,
  type ListSource,
  prefixLines,
  type QuoteSource,
  type SourceBlock,
  type SourceFlow,
  type SourceItem,
} from './source';
import type { Style } from './style';
import { blocksToMdast } from './to-mdast';
import {
  blockToRich,
  itemToRich,
  listToRich,
  NoRichForm,
  quoteToRich,
  type RichContext,
  rawToRich,
} from './to-rich';
import { stringify } from './write';

/** What reading a block needs to know of the document around. */
export interface ReadingContext extends RichContext {
  style: Style;
}

/** What a block of source is called in front of people. */
const rawKinds: Partial<Record<RootContent['type'], string>> = {
  html: 'HTML',
  yaml: 'Front matter',
  definition: 'Link addresses',
  footnoteDefinition: 'Footnote',
};

/**
 * Takes `text` apart into blocks; `nodes` is what it parses to. A block gets a rich form only where that form,
 * written as Markdown and read again, is seen to mean exactly what the source means; every other block keeps
 * its source for a form.
 */
export function readFlow(text: string, nodes: readonly RootContent[], context: ReadingContext): SourceFlow {
  const spans = blockSpans(text, nodes);
  const first = spans[0];
  if (!first) return { lead: text, blocks: [] };
  const blocks = spans.map(({ start, end, nodes: own }, index) => {
    const source = text.slice(start, end);
    const gap = text.slice(end, spans[index + 1]?.start ?? text.length);
    const tree = own.length === 1 ? own[0] : undefined;
    if (!tree || source.includes('\0'))
      return rawBlock(source, gap, rawKinds[own[0]?.type ?? 'html'], context);
    shift(tree, -start);
    return readBlock(tree, source, gap, context);
  });
  return { lead: text.slice(0, first.start), blocks };
}

interface Span {
  start: number;
  end: number;
  nodes: RootContent[];
}

/**
 * The lines of each block. Neighbours that have no rich form and are of one kind become one span, and so does
 * whatever shares a line or has anything but white space between.
 */
function blockSpans(text: string, nodes: readonly RootContent[]): Span[] {
  const spans: Span[] = [];
  for (const node of nodes) {
    const last = spans.at(-1);
    const end = endOf(node);
    const lineStart = startOfLine(text, startOf(node));
    const clean = text.slice(lineStart, startOf(node)).trim() === '';
    const start = clean ? lineStart : startOf(node);
    const lastNode = last?.nodes.at(-1);
    const mergeable = lastNode?.type === node.type && (node.type === 'definition' || node.type === 'html');
    if (last && (start < last.end || text.slice(last.end, start).trim() !== '' || mergeable)) {
      last.end = Math.max(last.end, end);
      last.nodes.push(node);
    } else {
      spans.push({ start, end, nodes: [node] });
    }
  }
  const [first] = spans;
  const last = spans.at(-1);
  if (first && text.slice(0, first.start).trim() !== '') first.start = 0;
  if (last && text.slice(last.end).trim() !== '') last.end = text.trimEnd().length;
  return spans;
}

function startOfLine(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function rawBlock(
  source: string,
  gap: string,
  kind: string | undefined,
  context: ReadingContext,
): SourceBlock {
  return { node: rawToRich(source, kind ?? 'Markdown', context), source, gap, tree: null, inner: () => null };
}

function readBlock(tree: RootContent, source: string, gap: string, context: ReadingContext): SourceBlock {
  const inner = once(() => innerOf(tree, source, context));
  const node =
    verified(() => blockToRich(tree, context), tree, context) ??
    verified(() => nodeOfInner(tree, inner(), context), tree, context);
  return node ? { node, source, gap, tree, inner } : rawBlock(source, gap, rawKinds[tree.type], context);
}

/** The rich form that `make` makes, or null where there is none or it does not mean what `tree` means. */
function verified(make: () => Node, tree: RootContent, context: ReadingContext): Node | null {
  try {
    const node = make();
    return meansTheSame(node, tree, context) ? node : null;
  } catch (error) {
    if (error instanceof NoRichForm) return null;
    throw error;
  }
}

/** The rich form of a quote or list around things of which some are kept as source. */
function nodeOfInner(tree: RootContent, inner: InnerSource | null, context: ReadingContext): Node {
  if (tree.type === 'blockquote' && inner?.type === 'quote') {
    const content = inner.content.blocks.map((block) => block.node);
    return quoteToRich(content, context);
  }
  if (tree.type === 'list' && inner?.type === 'list') {
    const items = inner.items.map((item) => item.node);
    return listToRich(tree, items, context);
  }
  throw new NoRichForm(tree);
}

/** Whether the rich form loses nothing: as a tree, and when it is written and read again. */
function meansTheSame(node: Node, tree: RootContent, context: ReadingContext): boolean {
  const { references } = context;
  const meaning = normalForm([tree], { references, strictness: 'exact' });
  const again = blocksToMdast([node], references);
  if (normalForm(again, { references, strictness: 'exact' }) !== meaning) return false;
  const written = parseBlocks(stringify(again, context.style), references);
  return normalForm(written, { references, strictness: 'exact' }) === meaning;
}

function innerOf(tree: RootContent, source: string, context: ReadingContext): InnerSource | null {
  if (tree.type === 'blockquote') return readQuote(tree, source, context);
  if (tree.type === 'list') return readList(tree, source, context);
  return null;
}

/** Takes the `>` off every line, where all lines have it in one way. */
function readQuote(
  tree: RootContent & { type: 'blockquote' },
  source: string,
  context: ReadingContext,
): QuoteSource | null {
  const prefix = /^ {0,3}> ?/.exec(source)?.[0] ?? '';
  const bare = prefix.trimEnd();
  const text = source
    .split(/(?<=\r\n|\n|\r(?!\n))/)
    .map((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : line.slice(bare.length)))
    .join('');
  if (prefixLines(text, prefix, prefix, bare) !== source) return null;
  const nodes = parseBlocks(text, context.references);
  if (!sameTrees(nodes, tree.children, context)) return null;
  return { type: 'quote', prefix, content: readFlow(text, nodes, context) };
}

function readList(
  tree: RootContent & { type: 'list' },
  source: string,
  context: ReadingContext,
): ListSource | null {
  const items: SourceItem[] = [];
  let start = 0;
  for (const [index, item] of tree.children.entries()) {
    const end = endOf(item);
    const following = tree.children[index + 1];
    const next = following ? startOfLine(source, startOf(following)) : source.length;
    const gap = source.slice(end, next);
    if (gap.trim() !== '' || (following && next <= end)) return null;
    items.push(readItem(item, source.slice(start, end), gap, startOf(item) - start, context));
    start = next;
  }
  return { type: 'list', items };
}

/** @param at where in `source` the marker stands */
function readItem(
  tree: ListItem,
  source: string,
  gap: string,
  at: number,
  context: ReadingContext,
): SourceItem {
  const [, marker = '', space = ''] = /^([-*+]|\d{1,9}[.)])([ \t]*)/.exec(source.slice(at)) ?? [];
  const checkbox =
    typeof tree.checked === 'boolean'
      ? /^\[[ \txX]\][ \t]/.exec(source.slice(at + marker.length + space.length))?.[0]
      : '';
  const indent = source.slice(0, at);
  const lead: ItemLead = { indent, marker, space, checkbox: checkbox ?? '' };
  const content =
    indent.trim() === '' && checkbox !== undefined ? readItemContent(tree, source, lead, context) : null;
  const blocks =
    content?.flow.blocks.map((block) => block.node) ??
    tree.children.map((child) => blockToRich(child as RootContent, context));
  const node = itemToRich(tree, blocks, context);
  return { node, source, gap, lead, content };
}

/** Takes the indentation off the further lines of an item: that of its content, or one tab. */
function readItemContent(
  tree: ListItem,
  source: string,
  lead: ItemLead,
  context: ReadingContext,
): SourceItem['content'] {
  const start = lead.indent + lead.marker + lead.space + lead.checkbox;
  if (!source.startsWith(start) || /\t/.test(lead.indent)) return null;
  const width = (lead.indent + lead.marker + lead.space).length;
  const [first = '', ...rest] = source.slice(start.length).split(/(?<=\r\n|\n|\r(?!\n))/);
  for (const indent of new Set([' '.repeat(width), '\t'])) {
    const text =
      first + rest.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('');
    if (prefixLines(text, start, indent) !== source) continue;
    const nodes = parseBlocks(text, context.references);
    if (sameTrees(nodes, tree.children, context)) return { flow: readFlow(text, nodes, context), indent };
  }
  return null;
}

function sameTrees(
  left: readonly RootContent[],
  right: readonly unknown[],
  context: ReadingContext,
): boolean {
  const comparison = { references: context.references, strictness: 'exact' } as const;
  return normalForm(left, comparison) === normalForm(right as readonly RootContent[], comparison);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
